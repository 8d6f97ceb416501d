/** The port to what the exchange still knows of the past: pages of trades and candles, newest first. */
import type { Observable } from 'rxjs'
import type { RestCandleEvent, RestTradeEvent } from '../protocol/rest-event'
import type { CandleUnit } from '../protocol/wire'

/** One page of the trades of a UTC day. */
export interface TradePage {
  readonly code: string
  readonly count: number
  /** A `sequential_id`: the page begins with the trade just before it. Absent: with the newest of the day. */
  readonly cursor?: string
  /** 1 to 7; absent: today. */
  readonly daysAgo?: number
}

/** One page of candles. */
export interface CandlePage {
  readonly code: string
  readonly unit: CandleUnit
  readonly count: number
  /** The page has the periods that begin before it, `2026-11-23T00:00:00Z`. Absent: the present one too. */
  readonly to?: string
}

/**
 * Asks on subscription. Emits the one page, newest first, and completes; errors when there is none, after whatever was
 * worth a second attempt. Unsubscribing gives up.
 */
export interface BackfillSource {
  trades$(page: TradePage): Observable<readonly RestTradeEvent[]>
  candles$(page: CandlePage): Observable<readonly RestCandleEvent[]>
}
