/**
 * A row of an answer as the event that the stream would have sent, as far as the row goes: what REST does not tell is absent
 * and not guessed. What both tell is the same, so that an event fetched and the same one received can stand for each other.
 */
import type { OrderbookFrame, OrderbookUnit } from '../protocol/orderbook'
import type { RestCandleEvent, RestStamp, RestTradeEvent } from '../protocol/rest-event'
import type { TickerFrame } from '../protocol/ticker'
import type { CandleUnit } from '../protocol/wire'
import type { RestCandle } from './rows/candle-row'
import type { RestOrderbook } from './rows/orderbook-row'
import type { RestTicker } from './rows/ticker-row'
import type { RestTrade } from './rows/trade-row'

export type { RestCandleEvent, RestStamp, RestTradeEvent } from '../protocol/rest-event'

/** What a ticker of a stream has and REST does not tell. */
type TickerOnlyOnWire =
  | 'ask_bid'
  | 'acc_ask_volume'
  | 'acc_bid_volume'
  | 'market_state'
  | 'is_trading_suspended'
  | 'delisting_date'
  | 'market_warning'
  | 'stream_type'

/** A ticker that was fetched: without the side of the last trade, the volumes by side and the state of the market. */
export interface RestTickerEvent extends Omit<TickerFrame, TickerOnlyOnWire>, RestStamp {}

/** An order book that was fetched. */
export interface RestOrderbookEvent extends Omit<OrderbookFrame, 'stream_type'>, RestStamp {}

/** Any event that was fetched, told apart by `type`. */
export type RestEvent = RestTickerEvent | RestTradeEvent | RestOrderbookEvent | RestCandleEvent

/** The ticker of a row that was received at `receivedAt`, ms. */
export function tickerEventOf(row: RestTicker, receivedAt: number): RestTickerEvent {
  const { market, trade_date_kst: _date, trade_time_kst: _time, ...shared } = row
  return { type: 'ticker', code: market, ...shared, ...stamp(receivedAt) }
}

/** The trade of a row. `share` gives one text for all that are equal. */
export function tradeEventOf(row: RestTrade, receivedAt: number, share = asItIs): RestTradeEvent {
  const { change_price } = row
  // Field by field, and a text once a page: 250,000 may wait for their delivery, and this is a third less memory.
  return {
    type: 'trade',
    code: share(row.market),
    trade_date: share(row.trade_date_utc),
    trade_time: share(row.trade_time_utc),
    trade_timestamp: row.timestamp,
    // REST has the sign in the price, the stream in a word of its own.
    change: change_price > 0 ? 'RISE' : change_price < 0 ? 'FALL' : 'EVEN',
    change_price: Math.abs(change_price),
    trade_price: row.trade_price,
    trade_volume: row.trade_volume,
    prev_closing_price: row.prev_closing_price,
    ask_bid: share(row.ask_bid),
    sequential_id: row.sequential_id,
    epoch: 0,
    received_at: receivedAt,
    source: 'rest',
  }
}

/** The trades of a page. */
export function tradeEventsOf(rows: readonly RestTrade[], receivedAt: number): readonly RestTradeEvent[] {
  const texts = new Map<string, string>()
  const share: Share = (text) => {
    const known = texts.get(text) as typeof text | undefined
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }
  return rows.map((row) => tradeEventOf(row, receivedAt, share))
}

type Share = <T extends string>(text: T) => T
const asItIs: Share = (text) => text

/** The order book of a row, with as many of its units. */
export function orderbookEventOf(row: RestOrderbook, receivedAt: number, units?: number): RestOrderbookEvent {
  const { market, orderbook_units, ...shared } = row
  return {
    type: 'orderbook',
    code: market,
    ...shared,
    // In the order of the stream's keys: asks first.
    orderbook_units: orderbook_units
      .slice(0, units)
      .map(({ ask_price, bid_price, ask_size, bid_size }): OrderbookUnit => ({
        ask_price,
        bid_price,
        ask_size,
        bid_size,
      })),
    ...stamp(receivedAt),
  }
}

/** The candle of a row of `unit`. */
export function candleEventOf<U extends CandleUnit>(
  unit: U,
  row: RestCandle,
  receivedAt: number,
): RestCandleEvent<U> {
  return {
    type: `candle.${unit}`,
    code: row.market,
    candle_date_time_utc: row.candle_date_time_utc,
    ...(row.candle_date_time_kst === undefined ? {} : { candle_date_time_kst: row.candle_date_time_kst }),
    opening_price: row.opening_price,
    high_price: row.high_price,
    low_price: row.low_price,
    trade_price: row.trade_price,
    candle_acc_trade_volume: row.candle_acc_trade_volume,
    candle_acc_trade_price: row.candle_acc_trade_price,
    timestamp: row.timestamp,
    ...stamp(receivedAt),
  }
}

function stamp(receivedAt: number): RestStamp {
  return { epoch: 0, received_at: receivedAt, source: 'rest' }
}
