/** An order as REST tells it, and back: decimal text, absent instead of null, the keys in the recorded order. */
import type { AccountOrder } from './account'
import { koreanTime } from '../dates'
import { exact, exactText } from './exact'
import type { OrderTerms, OrderType, SmpType, TimeInForce } from './order'
import { Order } from './order'

export function orderRow(order: Order): AccountOrder {
  const { terms } = order
  const { price, volume, timeInForce, identifier, smpType } = terms
  return {
    uuid: order.uuid,
    side: terms.side,
    ord_type: terms.type,
    ...(price === undefined ? {} : { price: exactText(price) }),
    state: order.state,
    market: terms.market,
    created_at: koreanTime(order.createdMs),
    ...(volume === undefined
      ? {}
      : {
          volume: exactText(volume),
          remaining_volume: exactText(order.remainingVolume),
          prevented_volume: exactText(order.preventedVolume),
        }),
    reserved_fee: exactText(order.reservedFee),
    remaining_fee: exactText(order.remainingFee),
    paid_fee: exactText(order.paidFee),
    locked: exactText(order.locked),
    prevented_locked: exactText(order.preventedLocked),
    executed_volume: exactText(order.executedVolume),
    executed_funds: exactText(order.executedFunds),
    trades_count: order.tradesCount,
    ...(timeInForce === undefined ? {} : { time_in_force: timeInForce }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(smpType === undefined ? {} : { smp_type: smpType }),
    trades: [...order.trades],
  }
}

/** An order that a test has set; it takes part in trading if it is open. */
export function orderOf(row: AccountOrder, sequence: number): Order {
  const terms: OrderTerms = {
    market: row.market,
    side: row.side,
    type: row.ord_type as OrderType,
    ...(row.price === undefined ? {} : { price: exact(row.price) }),
    ...(row.volume === undefined ? {} : { volume: exact(row.volume) }),
    ...(row.time_in_force === undefined ? {} : { timeInForce: row.time_in_force as TimeInForce }),
    ...(row.identifier === undefined ? {} : { identifier: row.identifier }),
    ...(row.smp_type === undefined ? {} : { smpType: row.smp_type as SmpType }),
  }
  const order = new Order(row.uuid, terms, Date.parse(row.created_at), sequence)
  order.state = row.state
  order.live = true
  order.executedVolume = exact(row.executed_volume)
  order.preventedVolume = exact(row.prevented_volume ?? '0')
  order.preventedLocked = exact(row.prevented_locked)
  order.paidFee = exact(row.paid_fee)
  order.reservedFee = exact(row.reserved_fee)
  order.tradesCount = row.trades_count
  order.trades.push(...(row.trades ?? []))
  order.executedFunds =
    row.executed_funds === undefined
      ? order.trades.reduce((sum, { funds }) => sum + exact(funds), 0n)
      : exact(row.executed_funds)
  // What is left decides what is locked and the fee that is still set aside.
  if (order.isAmount) order.remainingFunds = exact(row.locked) - exact(row.remaining_fee)
  else if (row.remaining_volume === undefined)
    order.remainingVolume -= order.executedVolume + order.preventedVolume
  else order.remainingVolume = exact(row.remaining_volume)
  return order
}
