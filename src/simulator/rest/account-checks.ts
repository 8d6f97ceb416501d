/** The checks of what an account is said to have: a row that lacks a field would be one that the exchange never sends. */
import { bag, checkGiven, checkOneOf } from '../control-checks'

export function checkBalances(balances: unknown): void {
  for (const row of rows('balances', balances)) {
    texts('balances', row, ['currency', 'balance', 'locked', 'avg_buy_price', 'unit_currency'])
    const { avg_buy_price_modified: modified } = row
    checkGiven(typeof modified === 'boolean', 'balances.avg_buy_price_modified', modified, 'true, false')
  }
}

export function checkOrders(orders: unknown): void {
  for (const row of rows('orders', orders)) {
    texts('orders', row, ['market', 'uuid', 'ord_type', 'created_at', 'executed_volume', 'reserved_fee'])
    texts('orders', row, ['remaining_fee', 'paid_fee', 'locked', 'prevented_locked'])
    checkOneOf('orders.side', row.side, ['ask', 'bid'])
    checkOneOf('orders.state', row.state, ['wait', 'watch', 'done', 'cancel'])
    checkGiven(Number.isFinite(row.trades_count), 'orders.trades_count', row.trades_count, 'a number')
  }
}

function rows(option: string, value: unknown): readonly Readonly<Record<string, unknown>>[] {
  checkGiven(Array.isArray(value), option, value, 'a list')
  return (value as readonly unknown[]).map(bag)
}

function texts(option: string, row: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  for (const name of names) {
    checkGiven(typeof row[name] === 'string', `${option}.${name}`, row[name], 'a text')
  }
}
