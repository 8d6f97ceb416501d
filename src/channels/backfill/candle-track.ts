/** What a route of candles remembers for the sake of gaps: its last periods, and how new the newest state of each was. */
import type { CandleEvent } from '../../protocol/events'
import { isAbsurd } from './absurd-stamp'
import { startOfPeriodMs } from './candle-periods'
import type { FilledConsumer } from './filling'

/** As many as `CandleOrder` has marks. */
const rememberedPeriods = 8

/** How new the newest state of a period was: of all that came, and of those but for SNAPSHOTs. */
interface Marks {
  readonly anyMs: number
  readonly realtimeMs: number
}

const none: Marks = { anyMs: -Infinity, realtimeMs: -Infinity }

export class CandleTrack {
  private readonly marks = new Map<string, Marks>()
  private readonly kept: string[] = []
  /** The newest period that came, by the exchange's clock. */
  latest: string | undefined

  /** A candle has passed. */
  note({ candle_date_time_utc: period, timestamp, received_at, stream_type }: CandleEvent): void {
    const startMs = startOfPeriodMs(period)
    if (isAbsurd(startMs, received_at)) return
    const { anyMs, realtimeMs } = this.marks.get(period) ?? none
    // What is older than one before passes only where the exchange's clock went back (C5.4).
    if (this.latest === undefined || period > this.latest || timestamp < anyMs) this.latest = period
    const stampMs = isAbsurd(timestamp, received_at) ? Math.max(startMs, anyMs) : timestamp
    this.marks.set(period, {
      anyMs: stampMs,
      realtimeMs: stream_type === 'SNAPSHOT' ? realtimeMs : stampMs,
    })
    if (this.marks.size <= rememberedPeriods) return
    const oldest = [...this.marks.keys()].find((each) => !this.kept.includes(each))
    if (oldest !== undefined) this.marks.delete(oldest)
  }

  /** From now on this period is remembered. As often as it is kept, it has to be forgotten. */
  keep(period: string): void {
    this.kept.push(period)
  }

  forget(period: string): void {
    const at = this.kept.indexOf(period)
    if (at !== -1) this.kept.splice(at, 1)
  }

  /** The `timestamp` of the newest state of this period that the consumer was shown. */
  markOf(period: string, { skipsSnapshots }: FilledConsumer): number {
    const { anyMs, realtimeMs } = this.marks.get(period) ?? none
    return skipsSnapshots ? realtimeMs : anyMs
  }
}
