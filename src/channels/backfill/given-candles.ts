/** The candles that a fill gives, and what is withheld because of them: an older state of the same period. */
import type { CandleEvent, PublicEvent } from '../../protocol/events'
import type { BackfilledEvent, RestCandleEvent } from '../../protocol/rest-event'
import type { CandleEntry } from './candle-page'

/** The newest ones, of which frames may still come. */
const rememberedRows = 16

export class GivenCandles {
  private stamps = new Map<string, number>()

  constructor(private readonly entry: CandleEntry) {}

  /** The newest first. */
  add({ candle_date_time_utc: period, timestamp }: RestCandleEvent): void {
    this.stamps.set(period, timestamp)
  }

  isOf(event: PublicEvent | BackfilledEvent): event is CandleEvent | RestCandleEvent {
    return event.type === `candle.${this.entry.unit}` && event.code === this.entry.code
  }

  withholds(event: PublicEvent | BackfilledEvent): boolean {
    return this.isOf(event) && event.timestamp < (this.stamps.get(event.candle_date_time_utc) ?? -Infinity)
  }

  /** All have been given: only of the newest ones something may come still. */
  release(): void {
    this.stamps = new Map([...this.stamps].slice(0, rememberedRows))
  }
}
