/** The checks of what an account is said to have: a row that lacks a field would be one that the exchange never sends. */
import { checkNames } from '../../base/check-names'
import { bag, checkGiven, checkOneOf, isText } from '../control-checks'
import type { AccountKey, AccountOptions } from './account'
import { parseExact } from './exact'

const keyNames: readonly (keyof AccountKey)[] = ['accessKey', 'secretKey', 'scopes']
const accountNames: readonly (keyof AccountOptions)[] = [
  'accessKey',
  'secretKey',
  'scopes',
  'balances',
  'orders',
  'keys',
]

export function checkAccount(account: unknown): void {
  checkNames(account, accountNames, 'accounts')
  const { balances, orders, keys = [], scopes } = bag(account)
  if (balances !== undefined) checkBalances(balances)
  if (orders !== undefined) checkOrders(orders)
  checkScopes(scopes)
  for (const key of rows('accounts.keys', keys)) {
    checkNames(key, keyNames, 'accounts.keys')
    // A key is not shown, not even one of a test.
    for (const name of ['accessKey', 'secretKey'] as const) {
      if (!isText(key[name])) checkGiven(false, `accounts.keys.${name}`, typeof key[name], 'a text')
    }
    checkScopes(key.scopes)
  }
}

function checkScopes(scopes: unknown): void {
  if (scopes === undefined) return
  checkGiven(Array.isArray(scopes), 'accounts.scopes', scopes, 'a list')
  for (const scope of scopes as readonly unknown[]) {
    checkOneOf('accounts.scopes', scope, ['balances', 'orders', 'trade'])
  }
}

export function checkBalances(balances: unknown): void {
  for (const row of rows('balances', balances)) {
    texts('balances', row, ['currency', 'unit_currency'])
    amounts('balances', row, ['balance', 'locked', 'avg_buy_price'])
    const { avg_buy_price_modified: modified } = row
    checkGiven(typeof modified === 'boolean', 'balances.avg_buy_price_modified', modified, 'true, false')
  }
}

export function checkOrders(orders: unknown): void {
  for (const row of rows('orders', orders)) {
    texts('orders', row, ['market', 'uuid', 'ord_type', 'created_at'])
    amounts('orders', row, ['executed_volume', 'reserved_fee', 'remaining_fee', 'paid_fee', 'locked'])
    amounts('orders', row, ['prevented_locked'])
    const optional = ['price', 'volume', 'remaining_volume', 'prevented_volume', 'executed_funds']
    amounts(
      'orders',
      row,
      optional.filter((name) => row[name] !== undefined),
    )
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

function amounts(option: string, row: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  for (const name of names) {
    const value = row[name]
    const isAmount = typeof value === 'string' && parseExact(value) !== undefined
    checkGiven(isAmount, `${option}.${name}`, value, 'a decimal text of at most 24 decimals')
  }
}
