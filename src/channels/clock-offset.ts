/**
 * Estimates how far the exchange's clock is from ours, to tell a frame from the future (C5.4) when the local clock is
 * wrong. The tenth percentile of the newest lags is the one of quick frames; a few absurd stamps do not move it.
 */

const samples = 64
const refreshEvery = 16
const percentile = 0.1
/** Fewer samples prove nothing: the clocks count as equal. */
const minimum = 8

export class ClockOffset {
  private readonly lagsMs = new Float64Array(samples)
  private seen = 0
  private quickLagMs = 0

  /** A REALTIME frame stamped `timestamp` was received at `receivedAt`. */
  observe(timestamp: number, receivedAt: number): void {
    this.lagsMs[this.seen++ % samples] = receivedAt - timestamp
    if (
      this.seen >= minimum &&
      (this.seen < samples ? this.seen : this.seen % refreshEvery) % minimum === 0
    ) {
      this.refresh()
    }
  }

  /** How many milliseconds after what the exchange's clock should have shown at `receivedAt` the stamp lies. */
  aheadMs(timestamp: number, receivedAt: number): number {
    return timestamp - (receivedAt - this.quickLagMs)
  }

  private refresh(): void {
    const sorted = this.lagsMs.slice(0, Math.min(this.seen, samples)).sort()
    this.quickLagMs = sorted[Math.floor(sorted.length * percentile)] ?? 0
  }
}
