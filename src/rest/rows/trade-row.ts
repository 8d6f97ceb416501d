/** An execution by REST. Source: docs.upbit.com, `recent-trades-history`, read 2026-11; names also seen on the wire. */
import * as t from 'io-ts'
import type { FieldsType } from '../../protocol/field'
import { askBid, exactInteger, num, timestampMs } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { required } from './row-fields'

export const tradeRowFields = {
  /** `KRW-BTC`: what the streams call `code`. */
  market: required(WireCode),
  /** `yyyy-MM-dd`. */
  trade_date_utc: required(t.string),
  /** `HH:mm:ss`. */
  trade_time_utc: required(t.string),
  /** Time of the execution, ms: what the stream calls `trade_timestamp`. */
  timestamp: required(timestampMs),
  /** In the quote currency. */
  trade_price: required(num),
  /** In the base currency. */
  trade_volume: required(num),
  /** Close of the previous UTC day. */
  prev_closing_price: required(num),
  /** Signed, unlike that of the stream. */
  change_price: required(num),
  /** The side, which clients take for the taker's: `ASK` sold, `BID` bought. */
  ask_bid: required(askBid),
  /** Unique in its market and above 2^53, hence exact text; the same as the stream's. It does not tell the order. */
  sequential_id: required(exactInteger),
} as const

/** An execution as REST tells it. */
export interface RestTrade extends FieldsType<typeof tradeRowFields> {}
