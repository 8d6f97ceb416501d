/**
 * The events that a stream can have from REST: Upbit's fields as far as its rows go. What REST does not tell is absent and
 * not guessed.
 */
import type { CandleFrame } from './candle'
import type { TradeFrame } from './trade'
import type { CandleUnit } from './wire'

/** What the library adds to an event that was fetched. */
export interface RestStamp {
  /** 0: of no session. */
  readonly epoch: 0
  /** When the answer was received, ms since the Unix epoch by the local clock. */
  readonly received_at: number
  readonly source: 'rest'
}

/** What a trade of a stream has and REST does not tell. */
type TradeOnlyOnWire =
  'timestamp' | 'best_ask_price' | 'best_ask_size' | 'best_bid_price' | 'best_bid_size' | 'stream_type'

/** A trade that was fetched: without the time of its publication and the best prices of that moment. */
export interface RestTradeEvent extends Omit<TradeFrame, TradeOnlyOnWire>, RestStamp {}

/** A candle that was fetched. */
export interface RestCandleEvent<Unit extends CandleUnit = CandleUnit>
  extends Omit<CandleFrame, 'stream_type'>, RestStamp {
  readonly type: `candle.${Unit}`
}

/** An event that a consumer missed, and that was fetched. */
export type BackfilledEvent = RestTradeEvent | RestCandleEvent
