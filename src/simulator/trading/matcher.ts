/**
 * Matching. An order that comes takes what stands against it at once, each maker a fill; what rests trades when the
 * market does: a part of a trade at its price, all of it when the market has gone through that price. What clients trade
 * does not move the seeded market.
 */
import type { Clearing, Placed } from './clearing'
import type { Exact } from './exact'
import { least, shareOf } from './exact'
import type { BookLevel, Maker } from './makers'
import { acceptable, cover, makersOf } from './makers'
import type { OrderSide } from './order'
import type { Resting } from './resting'
import { seededUuid } from './seeded-uuid'

export interface MatcherHost {
  clock(): number
  readonly random: () => number
  /** The market's levels, the best first; `undefined` where it has no book, so that a test fills its orders itself. */
  levels(market: string, side: OrderSide): readonly BookLevel[] | undefined
}

/** A trade of the market. */
export interface MarketTrade {
  readonly market: string
  readonly price: Exact
  readonly volume: Exact
  /** Who took. */
  readonly taker: OrderSide
  readonly atMs: number
}

export class Matcher {
  constructor(
    private readonly host: MatcherHost,
    private readonly clearing: Clearing,
    private readonly resting: Resting,
  ) {}

  /** An order comes to the market: it takes, then rests or ends. */
  enter(taker: Placed): void {
    const { order } = taker
    const { market, side, type, timeInForce } = order.terms
    const opposite = side === 'ask' ? 'bid' : 'ask'
    const levels = this.host.levels(market, opposite)
    const makers = acceptable(order, makersOf(levels ?? [], this.resting, market, opposite))
    const takes =
      timeInForce !== 'post_only' && (timeInForce !== 'fok' || cover(order, this.tradable(taker, makers)))
    if (takes) for (const maker of makers) this.meet(taker, maker)
    if (!order.isOpen) return
    if (type === 'limit') {
      const ends = timeInForce === 'post_only' ? makers.length > 0 : timeInForce !== undefined
      if (ends) this.clearing.cancel(taker)
      else this.resting.add(taker)
    } else if (levels !== undefined || timeInForce === 'fok' || order.tradesCount > 0) {
      // What is left is too little for a unit of volume, or the book was too thin.
      this.clearing.cancel(taker)
    }
  }

  /** The market has traded. */
  traded({ market, price, volume, taker, atMs }: MarketTrade): void {
    let left = volume
    for (const placed of this.resting.side(market, taker === 'ask' ? 'bid' : 'ask')) {
      const limit = placed.order.terms.price ?? 0n
      if (limit === price) {
        const part = least(shareOf(left, this.host.random()), placed.order.remainingVolume)
        left -= part
        this.trade(placed, limit, part, atMs)
      }
    }
    for (const placed of this.resting.of(market)) {
      const { side, price: limit = 0n } = placed.order.terms
      if (side === 'bid' ? price < limit : price > limit) this.exhaust(placed, limit, atMs)
    }
  }

  /** A fill as a test asks for it. */
  trade(placed: Placed, price: Exact, volume: Exact, atMs = this.host.clock(), isMaker = true): void {
    if (volume === 0n || !placed.order.isOpen) return
    this.clearing.fill(placed, { uuid: seededUuid(this.host.random), price, volume, atMs }, isMaker)
  }

  /** Nothing of it can be left: it goes in one piece or in two. */
  private exhaust(placed: Placed, price: Exact, atMs: number): void {
    const { order } = placed
    const first = shareOf(order.remainingVolume, this.host.random())
    this.trade(placed, price, first, atMs)
    this.trade(placed, price, order.remainingVolume, atMs)
  }

  private meet(taker: Placed, { price, size, placed }: Maker): void {
    const { order } = taker
    const volume = least(order.wants(price), placed?.order.remainingVolume ?? size)
    // Whoever listens may have cancelled either of them.
    if (!order.isOpen || placed?.order.isOpen === false || volume === 0n) return
    if (placed !== undefined && this.isPrevented(taker, placed))
      return this.prevent(taker, placed, price, volume)
    const execution = { uuid: seededUuid(this.host.random), price, volume, atMs: this.host.clock() }
    if (placed !== undefined) this.clearing.fill(placed, execution, true)
    this.clearing.fill(taker, execution, false)
  }

  /** The taker's wish decides (docs.upbit.com `smp`, read 2026-11: of orders of one account). */
  private isPrevented({ order, pocket }: Placed, maker: Placed): boolean {
    const { smpType } = order.terms
    return maker.pocket === pocket && smpType !== undefined && smpType !== 'none'
  }

  private prevent(taker: Placed, maker: Placed, price: Exact, volume: Exact): void {
    const { smpType } = taker.order.terms
    if (smpType === 'cancel_maker') return this.clearing.prevent(maker, (order) => order.preventAll())
    if (smpType === 'cancel_taker') return this.clearing.prevent(taker, (order) => order.preventAll())
    for (const one of [maker, taker]) this.clearing.prevent(one, (order) => order.prevent(volume, price))
  }

  /** What it can trade with: an own order is none, and unless that goes, what it takes from the taker is not traded. */
  private tradable(taker: Placed, makers: readonly Maker[]): readonly Maker[] {
    const isOwn = ({ placed }: Maker): boolean => placed !== undefined && this.isPrevented(taker, placed)
    if (taker.order.terms.smpType === 'cancel_maker') return makers.filter((maker) => !isOwn(maker))
    const first = makers.findIndex(isOwn)
    return first === -1 ? makers : makers.slice(0, first)
  }
}
