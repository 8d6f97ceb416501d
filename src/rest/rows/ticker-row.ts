/**
 * A market's state by REST: a subset of the frame of the same name, without the side of the last trade, the volumes by side
 * and the state of the market. Source: docs.upbit.com, `list-tickers`, read 2026-11; names also seen on the wire.
 */
import * as t from 'io-ts'
import type { FieldsType } from '../../protocol/field'
import { change, num, timestampMs } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { optional, required } from './row-fields'

export const tickerRowFields = {
  /** `KRW-BTC`: what the streams call `code`. */
  market: required(WireCode),
  /** UTC date of the last trade, `yyyyMMdd`. */
  trade_date: required(t.string),
  /** UTC time of the last trade, `HHmmss`. */
  trade_time: required(t.string),
  /** The same date in Korea; regional hosts may omit it, as they do of candles. */
  trade_date_kst: optional(t.string),
  trade_time_kst: optional(t.string),
  /** Time of the last trade, ms. */
  trade_timestamp: required(timestampMs),
  /** First price since 00:00 UTC, in the quote currency. */
  opening_price: required(num),
  high_price: required(num),
  low_price: required(num),
  /** Price of the last trade. */
  trade_price: required(num),
  /** Close of the previous UTC day. */
  prev_closing_price: required(num),
  /** Against `prev_closing_price`. */
  change: required(change),
  /** Absolute change. */
  change_price: required(num),
  /** Absolute ratio: 0.0126 is 1.26 %. */
  change_rate: required(num),
  signed_change_price: required(num),
  signed_change_rate: required(num),
  /** Volume of the last trade, in the base currency. */
  trade_volume: required(num),
  /** Turnover since 00:00 UTC, in the quote currency. */
  acc_trade_price: required(num),
  acc_trade_price_24h: required(num),
  /** Volume since 00:00 UTC, in the base currency. */
  acc_trade_volume: required(num),
  acc_trade_volume_24h: required(num),
  highest_52_week_price: required(num),
  /** `yyyy-MM-dd`. */
  highest_52_week_date: required(t.string),
  lowest_52_week_price: required(num),
  /** `yyyy-MM-dd`. */
  lowest_52_week_date: required(t.string),
  /** Publication of this state, ms: comparable with that of the stream. */
  timestamp: required(timestampMs),
} as const

/** A market's state as REST tells it. */
export interface RestTicker extends FieldsType<typeof tickerRowFields> {}
