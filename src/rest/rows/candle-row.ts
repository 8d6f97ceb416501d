/** A candle of whatever unit. Source: docs.upbit.com, `list-candles-*`, read 2026-11; names also seen on the wire. */
import * as t from 'io-ts'
import type { FieldsType } from '../../protocol/field'
import { num, timestampMs } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { utcDateTime } from '../../protocol/utc-date-time'
import { optional, required } from './row-fields'

export const candleRowFields = {
  /** `KRW-BTC`: what the streams call `code`. */
  market: required(WireCode),
  /** Start of the period, UTC, `yyyy-MM-ddTHH:mm:ss` without a zone. */
  candle_date_time_utc: required(utcDateTime),
  /** The same instant in Korean time; regional hosts may omit it. */
  candle_date_time_kst: optional(t.string),
  opening_price: required(num),
  high_price: required(num),
  low_price: required(num),
  /** Close; of the present period the close so far. */
  trade_price: required(num),
  /** The last tick that is included, ms. */
  timestamp: required(timestampMs),
  /** In the quote currency. */
  candle_acc_trade_price: required(num),
  /** In the base currency. */
  candle_acc_trade_volume: required(num),
  /** Minutes only: how many. */
  unit: optional(num),
  /** Days only. */
  prev_closing_price: optional(num),
  /** Days only; signed. */
  change_price: optional(num),
  /** Days only; signed. */
  change_rate: optional(num),
  /** Days only, where `convertingPriceUnit` asked for it. */
  converted_trade_price: optional(num),
  /** Weeks, months and years only, `yyyy-MM-dd`. */
  first_day_of_period: optional(t.string),
} as const

/** A candle as REST tells it. */
export interface RestCandle extends FieldsType<typeof candleRowFields> {}
