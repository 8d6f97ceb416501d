/**
 * The seeded market as a source of data. Only markets that somebody is subscribed to act at all; one timer serves
 * them all. What they say carries the times at which it was due, so a late timer changes no byte.
 */
import type { CandleUnit } from '../../protocol/wire'
import { publicTypes } from '../../protocol/wire'
import type { ExchangeEvent } from '../encode'
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

  snapshot(type: string, code: string, level: number): ExchangeEvent | undefined {
    const market = this.market(code)
    if (market === undefined) return undefined
    if (type === 'ticker') return market.ticker()
    if (type === 'trade') return market.lastTrade()
    if (type === 'orderbook') return market.orderbook(level)
    return market.candle(type.slice('candle.'.length) as CandleUnit)
  }

  demandChanged(codes: Iterable<string>): void {
    const now = this.timers.now()
    for (const code of codes) {
      const wanted = this.isWanted(code)
      if (wanted && !this.active.has(code)) this.activate(code, now)
      else if (!wanted) this.deactivate(code)
    }
    this.schedule()
  }

  pause(): void {
    this.paused = true
    this.stopTimer()
  }

  resume(): void {
    if (!this.paused) return
    this.paused = false
    this.restart()
    this.schedule()
  }

  end(): void {
    this.paused = true
    this.stopTimer()
    this.queue.clear()
  }

  private isWanted(code: string): boolean {
    return this.listed.has(code) && publicTypes.some((type) => this.outlet.wants(type, code))
  }

  private activate(code: string, nowMs: number): void {
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
        return market.dueMs
      },
    }
    this.active.set(code, active)
    market.start(nowMs)
    this.queue.add(active)
  }

  private deactivate(code: string): void {
    this.active.get(code)?.market.stop()
    this.active.delete(code)
  }

  private market(code: string): Market | undefined {
    const listing = this.listed.get(code)
    if (listing === undefined) return undefined
    let market = this.markets.get(code)
    if (market === undefined) {
      const { seed, rate } = this.options
      market = new Market(profile(listing, seed, rate), seed, this.timers.now())
      this.markets.set(code, market)
    }
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
