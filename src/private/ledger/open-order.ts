/** An order as the view shows it, made of what a frame or a row of REST says of it. */
import type { OpenOrder } from '../../channels/account-view'
import { addDecimals, divideDecimals } from '../../protocol/decimal-math'
import type { MyOrderEvent } from '../../protocol/private-events'
import type { RestOrder } from '../../rest/rows/order-row'

/** The order after `event`; of a fill, price and volume of the order are what was known of them. */
export function orderOfFrame(event: MyOrderEvent, known: OpenOrder | undefined): OpenOrder {
  const isFill = event.state === 'trade'
  return Object.freeze({
    uuid: event.uuid,
    code: event.code,
    ask_bid: event.ask_bid,
    order_type: event.order_type,
    // Triggered is triggered: a `watch` that comes late does not take it back.
    state: event.state === 'watch' && known?.state !== 'wait' ? 'watch' : 'wait',
    price: isFill ? (known?.price ?? null) : event.price,
    volume: isFill ? (known?.volume ?? wholeVolume(event)) : event.volume,
    remaining_volume: event.remaining_volume,
    executed_volume: event.executed_volume,
    avg_price: event.avg_price,
    executed_funds: event.executed_funds,
    trades_count: event.trades_count,
    reserved_fee: event.reserved_fee,
    remaining_fee: event.remaining_fee,
    paid_fee: event.paid_fee,
    locked: event.locked,
    time_in_force: event.time_in_force,
    identifier: event.identifier,
    smp_type: event.smp_type,
    prevented_volume: event.prevented_volume ?? null,
    prevented_locked: event.prevented_locked ?? null,
    order_timestamp: event.order_timestamp,
  })
}

/** What a fill says of the whole: executed, left, and taken off by self-match prevention. */
function wholeVolume({ executed_volume, remaining_volume, prevented_volume }: MyOrderEvent): string | null {
  if (remaining_volume === null) return null
  return addDecimals(addDecimals(executed_volume, remaining_volume), prevented_volume ?? '0')
}

/** The order as REST tells it. `known` is what was known before: one that did not move since keeps its funds. */
export function orderOfRow(row: RestOrder, known: OpenOrder | undefined): OpenOrder {
  const executed_funds = fundsOf(row, known)
  return Object.freeze({
    uuid: row.uuid,
    code: row.market,
    ask_bid: row.side.toUpperCase(),
    order_type: row.ord_type,
    state: row.state === 'watch' && known?.state !== 'wait' ? 'watch' : 'wait',
    price: row.price ?? null,
    volume: row.volume ?? null,
    remaining_volume: row.remaining_volume ?? null,
    executed_volume: row.executed_volume,
    avg_price: averagePrice(executed_funds, row.executed_volume),
    executed_funds,
    trades_count: row.trades_count ?? null,
    reserved_fee: row.reserved_fee ?? null,
    remaining_fee: row.remaining_fee ?? null,
    paid_fee: row.paid_fee ?? null,
    locked: row.locked ?? null,
    time_in_force: row.time_in_force ?? null,
    identifier: row.identifier ?? null,
    smp_type: row.smp_type ?? null,
    prevented_volume: row.prevented_volume ?? null,
    prevented_locked: row.prevented_locked ?? null,
    order_timestamp: createdMs(row),
  })
}

/** Whether two tell the same of an order. */
export function isSameOrder(one: OpenOrder, other: OpenOrder): boolean {
  return (Object.keys(one) as (keyof OpenOrder)[]).every((name) => one[name] === other[name])
}

function fundsOf(row: RestOrder, known: OpenOrder | undefined): string | null {
  if (row.executed_funds !== undefined) return row.executed_funds
  if (row.executed_volume === '0') return '0'
  if (row.executed_volume === known?.executed_volume && known.executed_funds !== null)
    return known.executed_funds
  if (row.trades === undefined) return null
  const volume = row.trades.reduce((sum, trade) => addDecimals(sum, trade.volume), '0')
  // A list that was cut would tell a part as the whole.
  return volume === row.executed_volume
    ? row.trades.reduce((sum, trade) => addDecimals(sum, trade.funds), '0')
    : null
}

/** More than any currency has; the exchange rounds its own in a way that it does not tell. */
const averageDigits = 20

/** Funds by volume; 0 before the first fill, as the socket has it. */
export function averagePrice(funds: string | null, volume: string): string | null {
  if (volume === '0') return '0'
  return funds === null ? null : (divideDecimals(funds, volume, averageDigits) ?? null)
}

/** When something was made, ms: 0 where the text is no date, so that it is older than whatever has one. */
export function createdMs({ created_at }: { readonly created_at: string }): number {
  const ms = Date.parse(created_at)
  return Number.isNaN(ms) ? 0 : ms
}
