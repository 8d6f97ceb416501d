/** Where an account as the application has it differs from the exchange's books: in calm there is no such place. */
import type { Balance, OpenOrder } from '../../../src/index'
import type { AccountBalance, AccountOrder } from '../../../src/testing'

/** A sentence for each open order that is missing, too many or different. */
export function orderDifferences(
  view: readonly OpenOrder[] | undefined,
  books: readonly AccountOrder[],
): readonly string[] {
  if (view === undefined) return ['the open orders are not known']
  const open = new Map(
    books.filter(({ state }) => state === 'wait' || state === 'watch').map((order) => [order.uuid, order]),
  )
  const found: string[] = []
  for (const shown of view) {
    const order = open.get(shown.uuid)
    if (order === undefined) found.push(`${shown.uuid} is shown as open and is not`)
    else found.push(...fieldDifferences(shown, order))
    open.delete(shown.uuid)
  }
  for (const { uuid, state } of open.values()) found.push(`${uuid} is ${state} and is not shown`)
  return found
}

function fieldDifferences(shown: OpenOrder, order: AccountOrder): readonly string[] {
  const expected: Partial<Record<keyof OpenOrder, string | number | null>> = {
    code: order.market,
    ask_bid: order.side.toUpperCase(),
    order_type: order.ord_type,
    state: order.state,
    price: order.price ?? null,
    volume: order.volume ?? null,
    remaining_volume: order.remaining_volume ?? null,
    executed_volume: order.executed_volume,
    executed_funds: order.executed_funds ?? null,
    trades_count: order.trades_count,
    reserved_fee: order.reserved_fee,
    remaining_fee: order.remaining_fee,
    paid_fee: order.paid_fee,
    locked: order.locked,
    time_in_force: order.time_in_force ?? null,
    identifier: order.identifier ?? null,
    smp_type: order.smp_type ?? null,
    prevented_volume: order.prevented_volume ?? null,
    prevented_locked: order.prevented_locked,
    order_timestamp: Date.parse(order.created_at),
  }
  return Object.entries(expected).flatMap(([name, value]) => {
    const has = shown[name as keyof OpenOrder]
    // Not every answer of REST tells it: then nothing false is shown either.
    if (has === null && name === 'executed_funds') return []
    return has === value ? [] : [`${shown.uuid}: ${name} is shown as ${has}, it is ${value}`]
  })
}

/** A sentence for each currency that is shown otherwise than it is. */
export function balanceDifferences(
  view: readonly Balance[] | undefined,
  books: readonly AccountBalance[],
): readonly string[] {
  if (view === undefined) return ['the balances are not known']
  const held = new Map(books.map((row) => [row.currency, row]))
  const found: string[] = []
  for (const { currency, balance, locked } of view) {
    const row = held.get(currency)
    held.delete(currency)
    if (row?.balance === balance && row.locked === locked) continue
    found.push(
      `${currency} is shown as ${balance} + ${locked}, it is ${row?.balance ?? 0} + ${row?.locked ?? 0}`,
    )
  }
  for (const currency of held.keys()) found.push(`${currency} is held and is not shown`)
  return found
}
