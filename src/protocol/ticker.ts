/**
 * `ticker`: the whole current state of a market, sent on every change. A frame with a `null` price, which a market that
 * never traded might have, is rejected with its path (ADR 0005).
 * Source: docs.upbit.com, `websocket-ticker`, read 2026-11; names and keys also seen on the wire.
 */
import * as t from 'io-ts'
import type { FieldsType } from './field'
import { askBid, change, num, openEnum, optional, orNull, required, streamType, timestampMs } from './field'
import { WireCode } from './market-code'

export const tickerFields = {
  type: required('ty', t.literal('ticker')),
  /** `KRW-BTC`. */
  code: required('cd', WireCode),
  /** First price since 00:00 UTC, in the quote currency. */
  opening_price: required('op', num),
  /** Highest price since 00:00 UTC. */
  high_price: required('hp', num),
  /** Lowest price since 00:00 UTC. */
  low_price: required('lp', num),
  /** Price of the last trade. */
  trade_price: required('tp', num),
  /** Close of the previous UTC day. */
  prev_closing_price: required('pcp', num),
  /** Turnover since 00:00 UTC, in the quote currency. */
  acc_trade_price: required('atp', num),
  /** Against `prev_closing_price`. */
  change: required('c', change),
  /** Absolute change. */
  change_price: required('cp', num),
  /** Signed change. */
  signed_change_price: required('scp', num),
  /** Absolute ratio: 0.0126 is 1.26 %. */
  change_rate: required('cr', num),
  /** Signed ratio. */
  signed_change_rate: required('scr', num),
  /** The side of the last trade, which clients take for the taker's: `ASK` sold, `BID` bought. */
  ask_bid: required('ab', askBid),
  /** Volume of the last trade, in the base currency. */
  trade_volume: required('tv', num),
  /** Volume since 00:00 UTC, in the base currency. */
  acc_trade_volume: required('atv', num),
  /** UTC date of the last trade, `yyyyMMdd`. */
  trade_date: required('tdt', t.string),
  /** UTC time of the last trade, `HHmmss`. */
  trade_time: required('ttm', t.string),
  /** Time of the last trade, ms. */
  trade_timestamp: required('ttms', timestampMs),
  /** Volume sold since 00:00 UTC. */
  acc_ask_volume: required('aav', num),
  /** Volume bought since 00:00 UTC. */
  acc_bid_volume: required('abv', num),
  highest_52_week_price: required('h52wp', num),
  /** `yyyy-MM-dd`. */
  highest_52_week_date: required('h52wdt', t.string),
  lowest_52_week_price: required('l52wp', num),
  /** `yyyy-MM-dd`. */
  lowest_52_week_date: required('l52wdt', t.string),
  /** `PREVIEW` takes deposits only; `DELISTED` is no longer traded; `PREDELISTING` is known from clients alone. */
  market_state: required('ms', openEnum('market state', ['PREVIEW', 'ACTIVE', 'DELISTED', 'PREDELISTING'])),
  /** Deprecated by the exchange and announced for removal; absent when the exchange sends `null`. */
  is_trading_suspended: optional('its', t.boolean),
  /** Date on which support ends; normally `null`. Its form is not documented, `yyyy-MM-dd` is likely. */
  delisting_date: optional('dd', orNull(t.string)),
  /** Deprecated by the exchange and announced for removal; absent when the exchange sends `null`. */
  market_warning: optional('mw', openEnum('market warning', ['NONE', 'CAUTION'])),
  /** Publication of this state, ms. */
  timestamp: required('tms', timestampMs),
  /** Turnover of the last 24 hours. */
  acc_trade_price_24h: required('atp24h', num),
  /** Volume of the last 24 hours. */
  acc_trade_volume_24h: required('atv24h', num),
  stream_type: required('st', streamType),
} as const

/** A `ticker` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type TickerFrame = FieldsType<typeof tickerFields>
