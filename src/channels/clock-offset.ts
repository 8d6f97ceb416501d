/**
 * Estimates how far the exchange's clock is from ours, to tell a frame from the future (C5.4) when the local clock is
 * wrong. The tenth percentile of the newest lags is the one of quick frames: neither a slow network nor a burst that
 * waited moves it.
 */

const samples = 64
const percentile = 0.1
/** Fewer samples prove nothing: the clocks count as equal. Also how often the first estimates are renewed. */
const minimum = 8
/** A stamp this far off is written in another unit (microseconds were seen); it says nothing of any clock. */
export const absurdMs = 3 * 365 * 86_400_000
/** A stamp further ahead than this is a fault of the stamp, unless the next ones are so too. */
export const farAheadMs = 60_000

export class ClockOffset {
  private readonly lagsMs = new Float64Array(samples)
  private seen = 0
  private quickLagMs = 0
  /** How many frames in a row were far ahead. */
  private ahead = 0

  /** A REALTIME frame stamped `timestamp` was received at `receivedAt`. */
  observe(timestamp: number, receivedAt: number): void {
    const lagMs = receivedAt - timestamp
    if (Math.abs(lagMs) > absurdMs) return
    this.lagsMs[this.seen++ % samples] = lagMs
    this.ahead = this.aheadMs(timestamp, receivedAt) > farAheadMs ? this.ahead + 1 : 0
    if (this.ahead === minimum) this.restart(this.newest())
    else if (this.seen % (this.seen < samples ? minimum : samples) === 0) this.renew()
  }

  /** The lag of quick frames, the difference of the clocks included; `undefined` while too few have come. */
  get quickMs(): number | undefined {
    return this.seen < minimum ? undefined : this.quickLagMs
  }

  /** How many milliseconds after what the exchange's clock should have shown at `receivedAt` the stamp lies. */
  aheadMs(timestamp: number, receivedAt: number): number {
    return timestamp - (receivedAt - this.quickLagMs)
  }

  /**
   * So many in a row that agree are no faults of stamps: the exchange's clock went forward, as it does where it had gone back
   * before. Until that is known no mark rises, and on a quiet market 64 frames may be minutes.
   */
  private restart(lagsMs: readonly number[]): void {
    this.ahead = 0
    if (Math.max(...lagsMs) - Math.min(...lagsMs) > farAheadMs) return
    this.lagsMs.set(lagsMs)
    this.seen = minimum
    this.renew()
  }

  private newest(): readonly number[] {
    const first = this.seen - minimum
    return Array.from({ length: minimum }, (_, index) => this.lagsMs[(first + index) % samples] as number)
  }

  private renew(): void {
    const sorted = this.lagsMs.slice(0, Math.min(this.seen, samples)).sort()
    this.quickLagMs = sorted[Math.floor(sorted.length * percentile)] as number
  }
}
