/** What a route of candles remembers for the sake of gaps: its last periods, and how new the newest state of each was. */
import type { CandleEvent } from '../../protocol/events'
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
  /** The newest period that came. */
  latest: string | undefined

  /** A candle has passed. */
  note({ candle_date_time_utc: period, timestamp, stream_type }: CandleEvent): void {
    if (this.latest === undefined || period > this.latest) this.latest = period
    const { anyMs, realtimeMs } = this.marks.get(period) ?? none
    this.marks.set(period, {
      anyMs: Math.max(timestamp, anyMs),
      realtimeMs: stream_type === 'SNAPSHOT' ? realtimeMs : Math.max(timestamp, realtimeMs),
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
