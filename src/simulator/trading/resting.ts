/** The limit orders that wait in the books, by market. */
import type { Placed } from './clearing'
import type { OrderSide } from './order'

export class Resting {
  private readonly byMarket = new Map<string, Map<string, Placed>>()

  add(placed: Placed): void {
    const { market } = placed.order.terms
    let orders = this.byMarket.get(market)
    if (orders === undefined) this.byMarket.set(market, (orders = new Map<string, Placed>()))
    orders.set(placed.order.uuid, placed)
  }

  delete({ order }: Placed): void {
    const orders = this.byMarket.get(order.terms.market)
    orders?.delete(order.uuid)
    if (orders?.size === 0) this.byMarket.delete(order.terms.market)
  }

  get markets(): readonly string[] {
    return [...this.byMarket.keys()]
  }

  has(market: string): boolean {
    return this.byMarket.has(market)
  }

  /** Of a market, as they stand in line. */
  of(market: string): readonly Placed[] {
    return [...(this.byMarket.get(market)?.values() ?? [])].sort(
      (a, b) => a.order.sequence - b.order.sequence,
    )
  }

  /** One side of a market, the best price first, at a price the earliest. */
  side(market: string, side: OrderSide): readonly Placed[] {
    const sign = side === 'ask' ? 1 : -1
    return this.of(market)
      .filter(({ order }) => order.terms.side === side)
      .sort((a, b) => sign * Number((a.order.terms.price ?? 0n) - (b.order.terms.price ?? 0n)))
  }
}
