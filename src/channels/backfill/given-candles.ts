/** The candles that a fill gives, and what is withheld because of them: an older state of the same period. */
import type { CandleEvent, PublicEvent } from '../../protocol/events'
import type { BackfilledEvent, RestCandleEvent } from '../../protocol/rest-event'
import { StepWatch } from '../step-watch'
import type { CandleEntry } from './candle-page'

/** The newest ones, of which frames may still come. */
const rememberedRows = 16

interface Given {
  readonly timestamp: number
  readonly steps: StepWatch
}

export class GivenCandles {
  private given = new Map<string, Given>()
  /** The frame that was judged last: it comes once for each consumer. */
  private judged: PublicEvent | BackfilledEvent | undefined
  private isWithheld = false

  constructor(private readonly entry: CandleEntry) {}

  /** The newest first. */
  add({ candle_date_time_utc: period, timestamp }: RestCandleEvent): void {
    this.given.set(period, { timestamp, steps: new StepWatch() })
  }

  isOf(event: PublicEvent | BackfilledEvent): event is CandleEvent | RestCandleEvent {
    return event.type === `candle.${this.entry.unit}` && event.code === this.entry.code
  }

  withholds(event: PublicEvent | BackfilledEvent): boolean {
    if (!this.isOf(event)) return false
    const given = this.given.get(event.candle_date_time_utc)
    if (given === undefined) return false
    if (event.source !== 'socket' || event.stream_type === 'SNAPSHOT')
      return event.timestamp < given.timestamp
    if (event !== this.judged) {
      this.judged = event
      this.isWithheld = this.isBehind(event, given)
    }
    return this.isWithheld
  }

  /** All have been given: only of the newest ones something may come still. */
  release(): void {
    this.given = new Map([...this.given].slice(0, rememberedRows))
  }

  /** Where the exchange's clock has gone back, what comes is newer, and what was given says nothing any more (C5.4). */
  private isBehind(event: CandleEvent, { timestamp, steps }: Given): boolean {
    if (event.timestamp >= timestamp) {
      steps.inOrder()
      return false
    }
    if (!steps.isStepped(event)) return true
    this.given.delete(event.candle_date_time_utc)
    return false
  }
}
