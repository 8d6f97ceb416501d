/**
 * The seeded market as a source of data. One timer serves all markets that somebody is subscribed to; one that nobody
 * watches does what was due when it is looked at again, so that it trades on meanwhile and needs no timer. What they
 * say carries the times at which it was due, so a late timer changes no byte.
 */
import type { CandleUnit } from '../../protocol/wire'
import { infoTypes, publicTypes } from '../../protocol/wire'
import type { MarketEvent } from '../encode'
import type { Feed, FeedOutlet } from '../feed'
import type { ResolvedOptions } from '../options'
import type { Timers } from '../timers'
import type { Listing } from './codes'
import { listings } from './codes'
import { DueQueue } from './due-queue'
import type { MarketSink } from './market'
import { Market } from './market'
import { profile } from './profile'

/** Behind by more than this (the machine slept), the markets go on from now instead of catching up. */
const maxLagMs = 2_000
/** So long a market trades on after the last look at it; then it rests until the next. */
const tradesOnMs = 300_000

/** Nobody watches: everything happens and nothing is published. */
const unseen: MarketSink = { wants: () => false, levels: () => [], send: () => {} }

/** Indicators are made of trades as well. */
const tradedFor: readonly string[] = [...publicTypes, ...infoTypes]

interface ActiveMarket {
  readonly code: string
  readonly market: Market
  readonly sink: MarketSink
  readonly dueMs: number
}

export class LiveMarket implements Feed {
  readonly keepsQuietConnections = false
  private readonly listed: ReadonlyMap<string, Listing>
  private readonly markets = new Map<string, Market>()
  private readonly active = new Map<string, ActiveMarket>()
  /** Markets that nobody watches, each with the time up to which it has acted. */
  private readonly unwatched = new Map<string, number>()
  private readonly queue = new DueQueue<ActiveMarket>()
  private cancel: (() => void) | undefined
  private timerAtMs = Infinity
  private paused = false

  constructor(
    private readonly outlet: FeedOutlet,
    private readonly timers: Timers,
    private readonly options: Pick<ResolvedOptions, 'seed' | 'markets' | 'rate'>,
  ) {
    this.listed = new Map(listings(options.markets).map((listing) => [listing.code, listing]))
  }

  snapshot(type: string, code: string, level: number): MarketEvent | undefined {
    const market = this.market(code)
    if (market === undefined) return undefined
    if (type === 'ticker') return market.ticker()
    if (type === 'trade') return market.lastTrade()
    if (type === 'orderbook') return market.orderbook(level)
    return market.candle(type.slice('candle.'.length) as CandleUnit)
  }

  demandChanged(codes: Iterable<string>): void {
    for (const code of codes) {
      const wanted = this.isWanted(code)
      if (wanted && !this.active.has(code)) this.activate(code)
      else if (!wanted) this.deactivate(code)
    }
    this.schedule()
  }

  pause(): void {
    for (const code of this.unwatched.keys()) this.catchUp(code)
    this.paused = true
    this.stopTimer()
  }

  resume(): void {
    if (!this.paused) return
    this.paused = false
    this.restart()
    this.schedule()
  }

  /** The clock was set: what was due by the old one is not. */
  clockStepped(): void {
    this.restart()
    this.schedule()
  }

  end(): void {
    this.paused = true
    this.stopTimer()
    this.queue.clear()
  }

  private isWanted(code: string): boolean {
    return this.listed.has(code) && tradedFor.some((type) => this.outlet.wants(type, code))
  }

  private activate(code: string): void {
    const { active: present } = this
    const market = this.market(code) as Market
    const active: ActiveMarket = {
      code,
      market,
      sink: {
        wants: (type) => this.outlet.wants(type, code),
        levels: () => this.outlet.levels(code),
        send: (event) => this.outlet.publishEvent(event),
      },
      get dueMs() {
        // Its entry is still in the queue when everybody has left.
        return present.get(code) === active ? market.dueMs : Infinity
      },
    }
    this.active.set(code, active)
    this.unwatched.delete(code)
    this.queue.add(active)
  }

  private deactivate(code: string): void {
    const active = this.active.get(code)
    if (active === undefined) return
    active.market.unwatched()
    this.active.delete(code)
    this.unwatched.set(code, this.timers.now())
  }

  /** A market that nobody watches does what has been due since the last look. */
  private catchUp(code: string): void {
    const lookedMs = this.unwatched.get(code)
    if (lookedMs === undefined || this.paused) return
    const now = this.timers.now()
    const market = this.markets.get(code) as Market
    market.advance(Math.min(now, lookedMs + tradesOnMs), unseen)
    if (now > lookedMs + tradesOnMs) market.start(now)
    this.unwatched.set(code, now)
  }

  private market(code: string): Market | undefined {
    const listing = this.listed.get(code)
    if (listing === undefined) return undefined
    let market = this.markets.get(code)
    if (market === undefined) {
      const { seed, rate } = this.options
      const now = this.timers.now()
      market = new Market(profile(listing, seed, rate), seed, now, (trade) => this.outlet.executed(trade))
      this.outlet.begun(code, market.dayBefore)
      market.start(now)
      this.markets.set(code, market)
      this.unwatched.set(code, now)
    }
    this.catchUp(code)
    return market
  }

  private run(): void {
    const now = this.timers.now()
    if (now - (this.queue.nextMs() ?? now) > maxLagMs) this.restart()
    for (let next = this.queue.take(now); next !== undefined; next = this.queue.take(now)) {
      // One event at a time and back into the queue: the frames of all markets go out in the order of their times.
      next.market.advance(next.dueMs, next.sink)
      // The present entry of this code, which is another one when its subscribers left and came back meanwhile.
      const present = this.active.get(next.code)
      if (present !== undefined) this.queue.add(present)
      if (this.paused) return
    }
    this.schedule()
  }

  private restart(): void {
    this.queue.clear()
    const now = this.timers.now()
    for (const active of this.active.values()) {
      active.market.start(now)
      this.queue.add(active)
    }
    for (const code of this.unwatched.keys()) {
      this.markets.get(code)?.start(now)
      this.unwatched.set(code, now)
    }
  }

  private schedule(): void {
    const nextMs = this.queue.nextMs()
    if (this.paused || nextMs === undefined) return this.stopTimer()
    if (nextMs === this.timerAtMs) return
    this.stopTimer()
    this.timerAtMs = nextMs
    this.cancel = this.timers.after(Math.max(0, nextMs - this.timers.now()), () => {
      this.timerAtMs = Infinity
      this.run()
    })
  }

  private stopTimer(): void {
    this.cancel?.()
    this.cancel = undefined
    this.timerAtMs = Infinity
  }
}
