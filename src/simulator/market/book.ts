/**
 * A market's book: two lists of levels, the best first. Takers eat it, makers change sizes and step into the spread,
 * and the price walks because of that alone. Sizes are whole multiples of 10^-8.
 */
import type { OrderbookUnit } from '../../protocol/orderbook'
import { fullDepth } from '../broadcast'
import type { Profile } from './profile'
import { tickDown, tickSize, tickUp } from './tick'

export interface Level {
  price: number
  size: number
}

export type Side = 'ask' | 'bid'

/** To the exchange's unit of size. */
export function toUnits(size: number): number {
  return Math.max(1e-8, Math.round(size * 1e8) / 1e8)
}

export class Book {
  readonly asks: Level[] = []
  readonly bids: Level[] = []

  constructor(
    private readonly profile: Profile,
    private readonly random: () => number,
  ) {
    this.asks.push({
      price: tickUp(profile.quote, profile.startPrice),
      size: this.newSize(profile.startPrice),
    })
    this.bids.push({ price: profile.startPrice, size: this.newSize(profile.startPrice) })
    this.refill('ask')
    this.refill('bid')
  }

  get bestAsk(): Level {
    return this.asks[0] as Level
  }

  get bestBid(): Level {
    return this.bids[0] as Level
  }

  /** A taker takes `size` from a side; returns what it got at each price. At most three levels, never the last. */
  take(side: Side, size: number): readonly Level[] {
    const levels = side === 'ask' ? this.asks : this.bids
    const fills: Level[] = []
    let left = toUnits(size)
    while (left > 0 && fills.length < 3) {
      const best = levels[0] as Level
      const filled = Math.min(left, best.size)
      fills.push({ price: best.price, size: filled })
      left = Math.round((left - filled) * 1e8) / 1e8
      best.size = Math.round((best.size - filled) * 1e8) / 1e8
      if (best.size > 0) continue
      if (levels.length === 1) {
        // The market's last order on this side: its maker renews it.
        best.size = this.newSize(best.price)
        break
      }
      levels.shift()
    }
    this.refill(side)
    return fills
  }

  /** Makers act: a few sizes change, and somebody may step into the spread, rather towards the `anchor` price. */
  change(anchor: number): void {
    const changes = 1 + Math.floor(this.random() * 5)
    for (let i = 0; i < changes; i++) {
      const levels = this.random() < 0.5 ? this.asks : this.bids
      // Squared: mostly near the best.
      const level = levels[Math.floor(this.random() ** 2 * levels.length)] as Level
      level.size = this.newSize(level.price)
    }
    const pull = Math.max(-0.3, Math.min(0.3, (anchor / this.bestBid.price - 1) * 20))
    const rises = this.random() < 0.5 + pull
    this.withdraw(rises ? 'ask' : 'bid')
    if (this.random() < 0.7) this.stepIn(rises ? 'bid' : 'ask')
  }

  units(): readonly OrderbookUnit[] {
    return Array.from({ length: fullDepth }, (_, i) => {
      const ask = this.asks[i]
      const bid = this.bids[i]
      // The side that has fewer orders is padded.
      return {
        ask_price: ask?.price ?? 0,
        bid_price: bid?.price ?? 0,
        ask_size: ask?.size ?? 0,
        bid_size: bid?.size ?? 0,
      }
    })
  }

  /** Makers take their best orders away, so that the price can leave: the finer its steps, the more of them. */
  private withdraw(side: Side): void {
    const levels = side === 'ask' ? this.asks : this.bids
    const steps = this.bestBid.price / tickSize(this.profile.quote, this.bestBid.price)
    if (this.random() >= 0.01 + Math.min(0.2, steps / 100_000)) return
    const count = 1 + Math.floor(this.random() * Math.min(8, steps / 10_000))
    levels.splice(0, Math.min(count, levels.length - 1))
    this.refill(side)
  }

  private stepIn(side: Side): void {
    const { quote } = this.profile
    const price = side === 'bid' ? tickUp(quote, this.bestBid.price) : tickDown(quote, this.bestAsk.price)
    const fits = side === 'bid' ? price < this.bestAsk.price : price > this.bestBid.price
    if (!fits) return
    const levels = side === 'bid' ? this.bids : this.asks
    levels.unshift({ price, size: this.newSize(price) })
    if (levels.length > this.depth(side)) levels.pop()
  }

  private refill(side: Side): void {
    const levels = side === 'ask' ? this.asks : this.bids
    while (levels.length < this.depth(side)) {
      let { price } = levels[levels.length - 1] as Level
      const gap = 1 + Math.floor(this.random() * this.profile.maxGap)
      for (let i = 0; i < gap; i++) {
        price = side === 'ask' ? tickUp(this.profile.quote, price) : tickDown(this.profile.quote, price)
      }
      if (price <= 0) return
      levels.push({ price, size: this.newSize(price) })
    }
  }

  private depth(side: Side): number {
    return side === 'ask' ? this.profile.askDepth : this.profile.bidDepth
  }

  /** Many small orders, some large ones. */
  private newSize(price: number): number {
    return toUnits((this.profile.levelValue / price) * (0.02 + 2 * this.random() ** 3))
  }
}
