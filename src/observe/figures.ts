/** The figures of a manager: those of its lanes, and what its consumers did that their accounts do not say. */
import type { Environment } from '../base/environment'
import type { LaneMeter, Meter } from '../channels/meter'
import type { Counted } from '../channels/hub'
import type { Tally } from '../operators/delivery'
import { Histogram } from './histogram'
import { LaneFigures } from './lane-figures'
import { MeanWindow } from './mean-window'
import { OfferHistory } from './offer-history'
import { SecondCounts } from './second-counts'
import { SteadyTime } from './steady-time'

/** A consumer that held everyone up. */
export interface Slowness {
  /** Events that took longer than 10 ms. */
  readonly events: SecondCounts
  /** The longest, ms. */
  worstMs: number
}

export class Figures implements Meter {
  queued = 0
  /** Events that waited in a queue, until they were handed over. */
  readonly waits = new Histogram()
  readonly drops = new SecondCounts()
  readonly offers: OfferHistory
  /** The accounts of all consumers; the hub's, as soon as there is one. */
  accounts: { readonly total: Tally; readonly counted: readonly Counted[] } | undefined
  private readonly steady = new SteadyTime()
  private readonly sinceMs: number
  /** When the accounts were looked at. */
  private sampledMs: number
  // By consumer, and gone with it; made for those alone who have something to tell.
  private readonly waitsOf = new WeakMap<object, MeanWindow>()
  private readonly dropsOf = new WeakMap<object, SecondCounts>()
  private readonly slownessOf = new WeakMap<object, Slowness>()
  private readonly offersOf = new WeakMap<object, OfferHistory>()

  constructor(private readonly environment: Environment) {
    this.sinceMs = this.sampledMs = this.at(environment.now())
    this.offers = new OfferHistory(this.sinceMs)
  }

  /** The time that figures are kept by: that of the wall clock, unless that was set back. */
  at(wallMs: number): number {
    return this.steady.at(wallMs)
  }

  uptimeMs(nowMs: number): number {
    return nowMs - this.sinceMs
  }

  lane(): LaneMeter {
    return new LaneFigures(this.at(this.environment.now()), this.steady, (nowMs) => this.ahead(nowMs))
  }

  waited(consumer: object, latencyMs: number, wallMs: number): void {
    const nowMs = this.at(wallMs)
    this.waits.add(latencyMs, nowMs)
    let mean = this.waitsOf.get(consumer)
    if (mean === undefined) this.waitsOf.set(consumer, (mean = new MeanWindow()))
    mean.add(latencyMs, nowMs)
  }

  dropped(consumer: object, wallMs: number): void {
    const nowMs = this.at(wallMs)
    this.drops.add(nowMs)
    let drops = this.dropsOf.get(consumer)
    if (drops === undefined) this.dropsOf.set(consumer, (drops = new SecondCounts()))
    drops.add(nowMs)
  }

  slow(consumer: object, tookMs: number, wallMs: number): void {
    const nowMs = this.at(wallMs)
    let slowness = this.slownessOf.get(consumer)
    if (slowness === undefined) {
      this.slownessOf.set(consumer, (slowness = { events: new SecondCounts(), worstMs: 0 }))
    }
    slowness.events.add(nowMs)
    slowness.worstMs = Math.max(slowness.worstMs, tookMs)
  }

  /** Once in a second in which something happens. */
  ahead(nowMs: number): void {
    const { accounts } = this
    if (accounts === undefined || !this.offers.ahead(nowMs, () => accounts.total.offered)) return
    for (const counted of accounts.counted) {
      let offers = this.offersOf.get(counted)
      // It was not there yet when the others were looked at last.
      if (offers === undefined) this.offersOf.set(counted, (offers = new OfferHistory(this.sampledMs)))
      offers.ahead(nowMs, () => counted.tally.offered)
    }
    this.sampledMs = nowMs
  }

  /** The part of what all were offered in the last minute that was lost. */
  dropRate(nowMs: number): number {
    return this.offers.dropRate(nowMs, this.accounts?.total.offered ?? 0, this.drops.recent(nowMs))
  }

  /** The part of what it was offered in the last minute that it lost. */
  dropRateOf(counted: Counted, nowMs: number): number {
    const offers = this.offersOf.get(counted) ?? new OfferHistory(this.sampledMs)
    return offers.dropRate(nowMs, counted.tally.offered, this.recentDrops(counted, nowMs))
  }

  /** How long its events waited for it, on average; `undefined` where they did not. */
  meanWaitMs(consumer: object, nowMs: number): number | undefined {
    return this.waitsOf.get(consumer)?.mean(nowMs)
  }

  /** How many events it lost in the last minute. */
  recentDrops(consumer: object, nowMs: number): number {
    return this.dropsOf.get(consumer)?.recent(nowMs) ?? 0
  }

  /** The longest that it held everyone up since it came; `undefined` for one that never did. */
  slowestMs(consumer: object): number | undefined {
    return this.slownessOf.get(consumer)?.worstMs
  }

  /** `undefined` for one that was quick in the last minute. */
  slowness(consumer: object, nowMs: number): Slowness | undefined {
    const slowness = this.slownessOf.get(consumer)
    return slowness !== undefined && slowness.events.recent(nowMs) > 0 ? slowness : undefined
  }
}
