/**
 * `trade`: one frame an execution, in order of arrival, which is not always the order of execution.
 * Source: docs.upbit.com, `websocket-trade`, read 2026-11; names and keys also seen on the wire.
 */
import * as t from 'io-ts'
import type { FieldsType } from './field'
import { askBid, change, exactInteger, num, optional, required, streamType, timestampMs } from './field'
import { WireCode } from './market-code'

export const tradeFields = {
  type: required('ty', t.literal('trade')),
  /** `KRW-BTC`. */
  code: required('cd', WireCode),
  /** Publication, ms. */
  timestamp: required('tms', timestampMs),
  /** UTC date of the execution, `yyyy-MM-dd`. */
  trade_date: required('td', t.string),
  /** UTC time of the execution, `HH:mm:ss`. */
  trade_time: required('ttm', t.string),
  /** Time of the execution, ms. */
  trade_timestamp: required('ttms', timestampMs),
  /** In the quote currency. */
  trade_price: required('tp', num),
  /** In the base currency. */
  trade_volume: required('tv', num),
  /** The side, which clients take for the taker's: `ASK` sold, `BID` bought. */
  ask_bid: required('ab', askBid),
  /** Close of the previous UTC day. */
  prev_closing_price: required('pcp', num),
  /** Against `prev_closing_price`. */
  change: required('c', change),
  /** Absolute change (signed in the REST answer of the same name). */
  change_price: required('cp', num),
  /** Unique in its market and above 2^53, hence exact text. Opaque: it does not tell the order of trades. */
  sequential_id: required('sid', exactInteger),
  /** Best ask at publication; absent in old recordings and when `null`, as are the three below. */
  best_ask_price: optional('bap', num),
  best_ask_size: optional('bas', num),
  best_bid_price: optional('bbp', num),
  best_bid_size: optional('bbs', num),
  stream_type: required('st', streamType),
} as const

/** A `trade` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type TradeFrame = FieldsType<typeof tradeFields>
