/** Which trades or candles a consumer dropped, in that order, until its runs of drops are told. */
import type { CandleEvent, TradeEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { StreamEvent } from '../../protocol/stream-event'
import type { PublicType } from '../../protocol/wire'
import type { GapEvent } from '../gap-event'

/** A trade, or a state of a candle, that a consumer dropped. */
export interface DroppedEvent {
  readonly type: PublicType
  readonly code: string
  /** What tells it apart within its code: of a trade its id, of a candle its period. */
  readonly id: string
  /** When it was executed; of a candle its `timestamp`, which says how new the state is. */
  readonly atMs: number
}

/** Of more it is only known how many: they stay missing. */
const most = 100_000

export class DroppedEvents {
  private events: DroppedEvent[] = []
  /** Dropped when the list was full. */
  private untold = 0

  /** What is neither a trade nor a candle is fetched for nobody. */
  add(event: StreamEvent | BackfilledEvent): void {
    if (!isFillable(event)) return
    if (this.events.length === most || this.untold > 0) {
      this.untold++
    } else if (event.type === 'trade') {
      const { type, code, sequential_id: id, trade_timestamp: atMs } = event
      this.events.push({ type, code, id, atMs })
    } else {
      const { type, code, candle_date_time_utc: id, timestamp: atMs } = event
      this.events.push({ type, code, id, atMs })
    }
  }

  /** The events of a run; fewer than `count` where the rest is not known. */
  take(count: number): readonly DroppedEvent[] {
    const taken = this.events.splice(0, count)
    this.untold -= count - taken.length
    return taken
  }
}

/** Whether REST has its like, and whoever asks for back-fill gets it. */
export function isFillable(
  event: StreamEvent | BackfilledEvent,
): event is TradeEvent | CandleEvent | BackfilledEvent {
  return event.type === 'trade' || event.type.startsWith('candle.')
}

/** The gap from the earliest of what was dropped to the latest: which of them came first does not tell that. */
export function spanning(gap: GapEvent, events: readonly DroppedEvent[]): GapEvent {
  const from_ms = earliestMs(events, gap.from_ms)
  return {
    ...gap,
    from_ms,
    to_ms: events.reduce((most, { atMs }) => Math.max(most, atMs), gap.to_ms ?? from_ms),
  }
}

/** What was fetched came later than it should have: a gap that has it begins when it was executed. */
export function earliestMs(events: readonly DroppedEvent[], fromMs: number): number {
  return events.reduce((least, { atMs }) => Math.min(least, atMs), fromMs)
}
