/**
 * `candle.{unit}`: the candle of a period so far, sent again while it changes; the last frame of a period is true.
 * Source: docs.upbit.com, `websocket-candle`, read 2026-11.
 */
import * as t from 'io-ts'
import type { FieldsType } from './field'
import { num, optional, required, streamType, timestampMs } from './field'
import { WireCode } from './market-code'
import { utcDateTime } from './utc-date-time'
import type { CandleType } from './wire'
import { candleTypes } from './wire'

export const CandleTypeCodec: t.Type<CandleType, CandleType, unknown> = t.keyof(
  Object.fromEntries(candleTypes.map((type) => [type, null])) as Record<CandleType, null>,
  'candle type',
)

export const candleFields = {
  /** `candle.1m`: the unit is part of the type. */
  type: required('ty', CandleTypeCodec),
  /** `KRW-BTC`. */
  code: required('cd', WireCode),
  /** Start of the period, UTC, `yyyy-MM-ddTHH:mm:ss` without a zone. With type and code the candle's identity. */
  candle_date_time_utc: required('cdttmu', utcDateTime),
  /** The same instant in Korean time (UTC+9); regional hosts may omit it. */
  candle_date_time_kst: optional('cdttmk', t.string),
  opening_price: required('op', num),
  high_price: required('hp', num),
  low_price: required('lp', num),
  /** Close so far. */
  trade_price: required('tp', num),
  /** In the base currency. */
  candle_acc_trade_volume: required('catv', num),
  /** In the quote currency. */
  candle_acc_trade_price: required('catp', num),
  /** The last trade that is included, or the publication: the exchange's pages say both, ms. */
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

/** A candle as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type CandleFrame = FieldsType<typeof candleFields>
