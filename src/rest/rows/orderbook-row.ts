/** A book, and what can be asked of books. Source: docs.upbit.com, `list-orderbooks`, `list-orderbook-instruments`, read 2026-11. */
import * as t from 'io-ts'
import { arrayOf } from '../../protocol/event-codec'
import type { FieldsType } from '../../protocol/field'
import { num, timestampMs } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { exactText, optional, required } from './row-fields'

const orderbookRowUnitFields = {
  /** The i-th best bid; 0 where the side has fewer orders than the window. */
  bid_price: required(num),
  /** In the base currency. */
  bid_size: required(num),
  /** The i-th best ask; 0 where the side has fewer orders than the window. */
  ask_price: required(num),
  /** In the base currency. */
  ask_size: required(num),
} as const

export const orderbookRowFields = {
  /** `KRW-BTC`: what the streams call `code`. */
  market: required(WireCode),
  /** Last change of the book, ms: comparable with that of the stream. */
  timestamp: required(timestampMs),
  /** Sum of the asks of the whole window, however many units were asked for. */
  total_ask_size: required(num),
  total_bid_size: required(num),
  /** Best first. */
  orderbook_units: required(arrayOf('orderbook units', orderbookRowUnitFields)),
  /** Price grouping, 0 for none. */
  level: optional(num),
} as const

/** A book as REST tells it. */
export interface RestOrderbook extends FieldsType<typeof orderbookRowFields> {}

/** Its codec is io-ts's own list, since its elements are texts. */
const levels = t.readonlyArray(exactText, 'supported levels')

export const instrumentFields = {
  /** `KRW-BTC`. */
  market: required(WireCode),
  quote_currency: required(t.string),
  /** The step of prices at the present price, exact text; it changes with the price. */
  tick_size: required(exactText),
  /** The price groupings that the book can be asked for, exact text; regional hosts may omit them. */
  supported_levels: optional(levels),
} as const

/** What can be asked of a market's book. */
export interface RestOrderbookInstrument extends FieldsType<typeof instrumentFields> {}
