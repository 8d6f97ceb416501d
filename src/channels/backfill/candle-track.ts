/** What a route of candles remembers for the sake of gaps: its last periods, and how new the newest state of each was. */
import type { CandleEvent } from '../../protocol/events'

/** As many as `CandleOrder` has marks. */
const rememberedPeriods = 8

export class CandleTrack {
  private readonly marks = new Map<string, number>()
  /** The newest period that came. */
  latest: string | undefined

  /** A candle has passed. */
  note({ candle_date_time_utc: period, timestamp }: CandleEvent): void {
    if (this.latest === undefined || period > this.latest) this.latest = period
    this.marks.set(period, Math.max(timestamp, this.markOf(period)))
    const [oldest] = this.marks.keys()
    if (this.marks.size > rememberedPeriods && oldest !== undefined) this.marks.delete(oldest)
  }

  /** The `timestamp` of the newest state of this period. */
  markOf(period: string): number {
    return this.marks.get(period) ?? -Infinity
  }
}
