/** What a market says, as the exchange's payloads: REALTIME, keys in the order of the wire. */
import type { OrderbookFrame, OrderbookUnit } from '../../protocol/orderbook'
import type { TickerFrame } from '../../protocol/ticker'
import type { TradeFrame } from '../../protocol/trade'
import { sumSizes } from '../broadcast'
import { compact, utcDate, utcTime } from '../dates'
import type { Book } from './book'
import type { DayStats, Execution } from './day-stats'

export function tickerFrame(last: TradeFrame, stats: DayStats, atMs: number): TickerFrame {
  const signed = difference(last.trade_price, stats.prevClose)
  const rate = Number((signed / stats.prevClose).toFixed(10))
  const sold = sumSizes([stats.accAsk])
  const bought = sumSizes([stats.accBid])
  return {
    type: 'ticker',
    code: last.code,
    opening_price: stats.opening,
    high_price: stats.high,
    low_price: stats.low,
    trade_price: last.trade_price,
    prev_closing_price: stats.prevClose,
    acc_trade_price: stats.accValue,
    change: direction(signed),
    change_price: Math.abs(signed),
    signed_change_price: signed,
    change_rate: Math.abs(rate),
    signed_change_rate: rate,
    ask_bid: last.ask_bid,
    trade_volume: last.trade_volume,
    acc_trade_volume: sumSizes([sold, bought]),
    trade_date: compact(last.trade_date),
    trade_time: compact(last.trade_time),
    trade_timestamp: last.trade_timestamp,
    acc_ask_volume: sold,
    acc_bid_volume: bought,
    highest_52_week_price: stats.year.high,
    highest_52_week_date: stats.year.highDate,
    lowest_52_week_price: stats.year.low,
    lowest_52_week_date: stats.year.lowDate,
    market_state: 'ACTIVE',
    is_trading_suspended: false,
    delisting_date: null,
    market_warning: 'NONE',
    timestamp: atMs,
    acc_trade_price_24h: stats.value24h,
    acc_trade_volume_24h: sumSizes([stats.volume24h]),
    stream_type: 'REALTIME',
  }
}

/** `stats` and `book` as they are after the execution. */
export function tradeFrame(
  { price, size, askBid, tradeMs }: Execution,
  code: string,
  sequentialId: string,
  { prevClose }: DayStats,
  { bestAsk, bestBid }: Book,
  atMs: number,
): TradeFrame {
  const signed = difference(price, prevClose)
  return {
    type: 'trade',
    code,
    timestamp: atMs,
    trade_date: utcDate(tradeMs),
    trade_time: utcTime(tradeMs),
    trade_timestamp: tradeMs,
    trade_price: price,
    trade_volume: size,
    ask_bid: askBid,
    prev_closing_price: prevClose,
    change: direction(signed),
    change_price: Math.abs(signed),
    sequential_id: sequentialId,
    best_ask_price: bestAsk.price,
    best_ask_size: bestAsk.size,
    best_bid_price: bestBid.price,
    best_bid_size: bestBid.size,
    stream_type: 'REALTIME',
  }
}

export function orderbookFrame(
  code: string,
  units: readonly OrderbookUnit[],
  level: number,
  changedMs: number,
): OrderbookFrame {
  return {
    type: 'orderbook',
    code,
    timestamp: changedMs,
    total_ask_size: sumSizes(units.map((unit) => unit.ask_size)),
    total_bid_size: sumSizes(units.map((unit) => unit.bid_size)),
    orderbook_units: units,
    stream_type: 'REALTIME',
    level,
  }
}

/** Between prices of a decimal grid, without the noise of subtracting fractions. */
export function difference(price: number, from: number): number {
  return Number((price - from).toFixed(10))
}

function direction(signed: number): 'RISE' | 'EVEN' | 'FALL' {
  return signed > 0 ? 'RISE' : signed < 0 ? 'FALL' : 'EVEN'
}
