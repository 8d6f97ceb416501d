/** Rates and lags over the last moments, from counters that only rise. */

/** Long enough to be calm, short enough to be the present. */
const windowMs = 2000
/** How much a new lag counts against the ones before. */
const weight = 0.1

interface Sample {
  readonly atMs: number
  readonly count: number
}

export class Meter {
  private samples: Sample[] = []
  private smoothedLagMs: number | undefined

  /** Events per second over the last two seconds; fewer at the start. */
  get perSecond(): number {
    const [first] = this.samples
    const last = this.samples.at(-1)
    if (first === undefined || last === undefined || last.atMs === first.atMs) return 0
    return ((last.count - first.count) * 1000) / (last.atMs - first.atMs)
  }

  /** The smoothed time from stamp to receipt, ms; the difference of two clocks is in it. */
  get lagMs(): number | undefined {
    return this.smoothedLagMs
  }

  /** `count` events had come at `atMs`. */
  count(count: number, atMs: number): void {
    this.samples.push({ atMs, count })
    // The first one before the window stays: the window is measured from it.
    while ((this.samples[1]?.atMs ?? Infinity) <= atMs - windowMs) this.samples.shift()
  }

  lag(lagMs: number): void {
    this.smoothedLagMs =
      this.smoothedLagMs === undefined ? lagMs : this.smoothedLagMs + weight * (lagMs - this.smoothedLagMs)
  }
}
