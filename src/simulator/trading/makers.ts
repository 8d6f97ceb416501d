/** Who stands on the other side for an order: the market's levels and the orders that clients of ours have resting. */
import type { Placed } from './clearing'
import type { Exact } from './exact'
import { times, volumeFor } from './exact'
import type { Order, OrderSide } from './order'
import type { Resting } from './resting'

/** A level of the market's book. */
export interface BookLevel {
  readonly price: Exact
  readonly size: Exact
}

/** A level, or an order; at one price the orders come first. */
export interface Maker extends BookLevel {
  readonly placed?: Placed
}

export function makersOf(
  levels: readonly BookLevel[],
  resting: Resting,
  market: string,
  side: OrderSide,
): readonly Maker[] {
  const orders = resting.side(market, side).map((placed): Maker => ({
    price: placed.order.terms.price ?? 0n,
    size: placed.order.remainingVolume,
    placed,
  }))
  const sign = side === 'ask' ? 1 : -1
  return [...orders, ...levels].sort((a, b) => sign * Number(a.price - b.price))
}

/** Those whose price the order takes: for `best` only the first price. */
export function acceptable(order: Order, makers: readonly Maker[]): readonly Maker[] {
  const best = makers[0]?.price
  return makers.filter(({ price }) => (order.terms.type === 'best' ? price === best : order.accepts(price)))
}

/** Whether they are enough for the whole of the order. */
export function cover(order: Order, makers: readonly Maker[]): boolean {
  let left = order.isAmount ? order.remainingFunds : order.remainingVolume
  for (const { price, size } of makers) {
    const wanted = order.isAmount ? volumeFor(left, price) : left
    if (wanted <= size) return true
    left -= order.isAmount ? times(size, price) : size
  }
  return left === 0n
}
