/**
 * Complete, valid payloads for tests: every field has a fixed, plausible value, and what depends on another field
 * follows it (dates and ids the timestamps, totals the levels), so a test names only what it is about.
 */
import { virtualStartMs } from '../base/scheduler-environment'
import type { CandleFrame } from '../protocol/candle'
import type { OrderbookFrame, OrderbookUnit } from '../protocol/orderbook'
import type { TickerFrame } from '../protocol/ticker'
import type { TradeFrame } from '../protocol/trade'
import type { CandleUnit } from '../protocol/wire'
import { fullDepth, sumSizes } from './broadcast'
import { unitMs } from './candle-period'
import { compact, kstDateTime, utcDate, utcDateTime, utcTime } from './dates'

/**
 * A `ticker` payload of KRW-BTC, REALTIME, stamped 2026-11-23T00:00:00Z; `fields` replace its own.
 *
 * @example
 * ```ts
 * import { aTicker, startExchange } from 'upbit-rx/testing'
 *
 * await using exchange = await startExchange({ market: false })
 * exchange.emit(aTicker({ trade_price: 109_900_000 }))
 * ```
 */
export function aTicker(fields: Partial<TickerFrame> = {}): TickerFrame {
  const timestamp = fields.timestamp ?? virtualStartMs
  const tradeTimestamp = fields.trade_timestamp ?? timestamp
  return {
    type: 'ticker',
    code: 'KRW-BTC',
    opening_price: 109_165_000,
    high_price: 110_250_000,
    low_price: 108_900_000,
    trade_price: 109_847_000,
    prev_closing_price: 109_165_000,
    acc_trade_price: 98_123_456_789.125,
    change: 'RISE',
    change_price: 682_000,
    signed_change_price: 682_000,
    change_rate: 0.0062474236,
    signed_change_rate: 0.0062474236,
    ask_bid: 'ASK',
    trade_volume: 0.00509799,
    acc_trade_volume: 895.12345678,
    trade_date: compact(utcDate(tradeTimestamp)),
    trade_time: compact(utcTime(tradeTimestamp)),
    trade_timestamp: tradeTimestamp,
    acc_ask_volume: 440.12345678,
    acc_bid_volume: 455,
    highest_52_week_price: 179_869_000,
    highest_52_week_date: '2025-12-09',
    lowest_52_week_price: 89_000_000,
    lowest_52_week_date: '2026-02-06',
    market_state: 'ACTIVE',
    is_trading_suspended: false,
    delisting_date: null,
    market_warning: 'NONE',
    timestamp,
    acc_trade_price_24h: 178_448_329_314.96686,
    acc_trade_volume_24h: 1587.73606087,
    stream_type: 'REALTIME',
    ...fields,
  }
}

/**
 * A `trade` payload of KRW-BTC, REALTIME. Its `sequential_id` follows `trade_timestamp`: trades that shall not be
 * duplicates need different times or ids of their own.
 */
export function aTrade(fields: Partial<TradeFrame> = {}): TradeFrame {
  const tradeTimestamp = fields.trade_timestamp ?? fields.timestamp ?? virtualStartMs
  return {
    type: 'trade',
    code: 'KRW-BTC',
    timestamp: tradeTimestamp,
    trade_date: utcDate(tradeTimestamp),
    trade_time: utcTime(tradeTimestamp),
    trade_timestamp: tradeTimestamp,
    trade_price: 109_847_000,
    trade_volume: 0.00509799,
    ask_bid: 'ASK',
    prev_closing_price: 109_165_000,
    change: 'RISE',
    change_price: 682_000,
    sequential_id: sequentialId(tradeTimestamp, 0),
    best_ask_price: 109_867_000,
    best_ask_size: 0.0099545,
    best_bid_price: 109_847_000,
    best_bid_size: 0.1583673,
    stream_type: 'REALTIME',
    ...fields,
  }
}

/** An `orderbook` payload of KRW-BTC with 30 level pairs, REALTIME, ungrouped; totals follow `orderbook_units`. */
export function anOrderbook(fields: Partial<OrderbookFrame> = {}): OrderbookFrame {
  const units = fields.orderbook_units ?? defaultUnits
  return {
    type: 'orderbook',
    code: 'KRW-BTC',
    timestamp: virtualStartMs,
    total_ask_size: sumSizes(units.map((unit) => unit.ask_size)),
    total_bid_size: sumSizes(units.map((unit) => unit.bid_size)),
    orderbook_units: units,
    stream_type: 'REALTIME',
    level: 0,
    ...fields,
  }
}

/** A `candle.{unit}` payload of KRW-BTC, REALTIME; its period is the one that `timestamp` lies in. */
export function aCandle(unit: CandleUnit, fields: Partial<CandleFrame> = {}): CandleFrame {
  const timestamp = fields.timestamp ?? virtualStartMs
  const startMs = Math.floor(timestamp / unitMs(unit)) * unitMs(unit)
  return {
    type: `candle.${unit}`,
    code: 'KRW-BTC',
    candle_date_time_utc: utcDateTime(startMs),
    candle_date_time_kst: kstDateTime(startMs),
    opening_price: 109_753_000,
    high_price: 109_756_000,
    low_price: 109_667_000,
    trade_price: 109_756_000,
    candle_acc_trade_volume: 3.63363563,
    candle_acc_trade_price: 398_651_814.32878,
    timestamp,
    stream_type: 'REALTIME',
    ...fields,
  }
}

/** As seen on the wire: the trade's ms, then four digits that count within it. Above 2^53, hence text. */
export function sequentialId(tradeMs: number, counter: number): string {
  return `${tradeMs}${String(counter).padStart(4, '0')}`
}

const defaultUnits: readonly OrderbookUnit[] = Array.from({ length: fullDepth }, (_, i) => ({
  ask_price: 109_848_000 + i * 1_000,
  bid_price: 109_847_000 - i * 1_000,
  ask_size: Math.round((0.0099545 + i * 0.0123) * 1e8) / 1e8,
  bid_size: Math.round((0.1583673 + i * 0.0117) * 1e8) / 1e8,
}))
