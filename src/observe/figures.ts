/** The figures of a manager: those of its lanes, and what its consumers did that their accounts do not say. */
import type { Environment } from '../base/environment'
import type { LaneMeter, Meter } from '../channels/meter'
import type { Tally } from '../operators/delivery'
import { Histogram } from './histogram'
import { LaneFigures } from './lane-figures'
import { MeanWindow } from './mean-window'
import { OfferHistory } from './offer-history'
import { SecondCounts } from './second-counts'

/** A consumer that held everyone up. */
export interface Slowness {
  /** Events that took longer than 10 ms. */
  readonly events: SecondCounts
  /** The longest, ms. */
  worstMs: number
}

export class Figures implements Meter {
  queued = 0
  readonly sinceMs: number
  /** Events that waited in a queue, until they were handed over. */
  readonly waits = new Histogram()
  readonly drops = new SecondCounts()
  readonly offers: OfferHistory
  /** The account of all consumers; the hub's, as soon as there is one. */
  total: (() => Tally) | undefined
  // By consumer, and gone with it; made for those alone who have something to tell.
  private readonly waitsOf = new WeakMap<object, MeanWindow>()
  private readonly dropsOf = new WeakMap<object, SecondCounts>()
  private readonly slownessOf = new WeakMap<object, Slowness>()

  constructor(private readonly environment: Environment) {
    this.sinceMs = environment.now()
    this.offers = new OfferHistory(this.sinceMs)
  }

  lane(): LaneMeter {
    return new LaneFigures(this.environment.now(), (nowMs) => this.ahead(nowMs))
  }

  waited(consumer: object, latencyMs: number, nowMs: number): void {
    this.waits.add(latencyMs, nowMs)
    let mean = this.waitsOf.get(consumer)
    if (mean === undefined) this.waitsOf.set(consumer, (mean = new MeanWindow()))
    mean.add(latencyMs, nowMs)
  }

  dropped(consumer: object, nowMs: number): void {
    this.drops.add(nowMs)
    let drops = this.dropsOf.get(consumer)
    if (drops === undefined) this.dropsOf.set(consumer, (drops = new SecondCounts()))
    drops.add(nowMs)
  }

  slow(consumer: object, tookMs: number, nowMs: number): void {
    let slowness = this.slownessOf.get(consumer)
    if (slowness === undefined) {
      this.slownessOf.set(consumer, (slowness = { events: new SecondCounts(), worstMs: 0 }))
    }
    slowness.events.add(nowMs)
    slowness.worstMs = Math.max(slowness.worstMs, tookMs)
  }

  /** Once in a second in which something happens. */
  ahead(nowMs: number): void {
    if (this.total !== undefined) this.offers.ahead(nowMs, this.total)
  }

  /** How long its events waited for it, on average; `undefined` where they did not. */
  meanWaitMs(consumer: object, nowMs: number): number | undefined {
    return this.waitsOf.get(consumer)?.mean(nowMs)
  }

  /** How many events it lost in the last minute. */
  recentDrops(consumer: object, nowMs: number): number {
    return this.dropsOf.get(consumer)?.recent(nowMs) ?? 0
  }

  /** `undefined` for one that was quick in the last minute. */
  slowness(consumer: object, nowMs: number): Slowness | undefined {
    const slowness = this.slownessOf.get(consumer)
    return slowness !== undefined && slowness.events.recent(nowMs) > 0 ? slowness : undefined
  }
}
