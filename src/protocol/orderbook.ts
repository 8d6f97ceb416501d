/**
 * `orderbook`: every frame is the whole window of the book, never a difference.
 * Source: docs.upbit.com, `websocket-orderbook`, read 2026-11; names and keys also seen on the wire.
 */
import * as t from 'io-ts'
import { arrayOf } from './event-codec'
import type { FieldsType } from './field'
import { num, optional, required, streamType, timestampMs } from './field'
import { WireCode } from './market-code'

const orderbookUnitFields = {
  /** The i-th best ask; 0 where the side has fewer orders than the window. */
  ask_price: required('ap', num),
  /** The i-th best bid; 0 where the side has fewer orders than the window. */
  bid_price: required('bp', num),
  /** In the base currency. */
  ask_size: required('as', num),
  /** In the base currency. */
  bid_size: required('bs', num),
} as const

/** One row of an order book: the i-th best ask beside the i-th best bid. */
export interface OrderbookUnit extends FieldsType<typeof orderbookUnitFields> {}

export const orderbookFields = {
  type: required('ty', t.literal('orderbook')),
  /** `KRW-BTC`, never with a depth suffix. */
  code: required('cd', WireCode),
  /** Last change of the book, ms; in a SNAPSHOT it may be minutes old. */
  timestamp: required('tms', timestampMs),
  /** Sum of the asks over the exchange's default window, in the base currency; with a `level` the window is not known. */
  total_ask_size: required('tas', num),
  /** Sum of the bids over the exchange's default window, in the base currency; with a `level` the window is not known. */
  total_bid_size: required('tbs', num),
  /** Element i pairs the i-th best ask with the i-th best bid. 30 on the wire today, 15 before July 2025; no rule holds their number. */
  orderbook_units: required('obu', arrayOf('orderbook units', orderbookUnitFields)),
  stream_type: required('st', streamType),
  /** Price grouping in won, 0 for none, as always outside KRW markets; absent in old recordings, which is 0. */
  level: optional('lv', num),
} as const

/** An `orderbook` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type OrderbookFrame = FieldsType<typeof orderbookFields>
