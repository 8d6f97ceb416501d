/** The market list, tickers and order books over REST, with the fields of docs.upbit.com as read 2026-11. */
import type { OrderbookFrame } from '../../protocol/orderbook'
import type { TickerFrame } from '../../protocol/ticker'
import { fullDepth, narrowBook } from '../broadcast'
import { compact, kstDateTime } from '../dates'
import type { Listing } from '../market/codes'
import { supportedLevels, tickSize } from '../market/tick'
import { spellPlain } from '../spelling'
import type { ExchangeSwitches } from '../switches'
import { quotationErrors } from './answer'
import type { MarketsView } from './markets-view'
import type { Query } from './query'
import type { RestValue } from './rest-json'

type Row = Readonly<Record<string, RestValue>>

const names: Readonly<Record<string, readonly [korean: string, english: string]>> = {
  BTC: ['비트코인', 'Bitcoin'],
  ETH: ['이더리움', 'Ethereum'],
  XRP: ['엑스알피(리플)', 'XRP'],
  SOL: ['솔라나', 'Solana'],
  DOGE: ['도지코인', 'Dogecoin'],
  ADA: ['에이다', 'Ada'],
  USDT: ['테더', 'Tether'],
}

const calm = {
  warning: false,
  caution: {
    PRICE_FLUCTUATIONS: false,
    TRADING_VOLUME_SOARING: false,
    DEPOSIT_AMOUNT_SOARING: false,
    GLOBAL_PRICE_DIFFERENCES: false,
    CONCENTRATION_OF_SMALL_ACCOUNTS: false,
  },
}

export function marketList(markets: MarketsView, query: Query): readonly Row[] {
  const details = query.boolean('is_details')
  return markets.listed.map(({ code, base }: Listing) => {
    // Most of the coins are invented and have no name but their symbol.
    const [korean, english] = names[base] ?? [base, base]
    return {
      market: code,
      korean_name: korean,
      english_name: english,
      ...(details ? { market_event: calm } : {}),
    }
  })
}

/** One unknown market fails the whole call (observed 2026-09). */
export function tickers(markets: MarketsView, query: Query): readonly Row[] {
  return query.codes('markets').map((code) => {
    const ticker = markets.ticker(markets.check(code))
    if (ticker === undefined) throw quotationErrors.code()
    return tickerRow(ticker)
  })
}

export function tickersOfQuotes(markets: MarketsView, query: Query): readonly Row[] {
  const quotes = new Set<string>(query.codes('quote_currencies'))
  return markets.listed
    .filter(({ quote }) => quotes.has(quote))
    .flatMap(({ code }) => markets.ticker(code) ?? [])
    .map(tickerRow)
}

export function orderbooks(
  markets: MarketsView,
  query: Query,
  { narrowTotals }: Pick<ExchangeSwitches, 'narrowTotals'>,
): readonly Row[] {
  const codes = query.codes('markets')
  // 31 and 50 gave 30 (observed 2026-09).
  const count = Math.min(
    query.integer('count', { from: 1, to: Number.MAX_SAFE_INTEGER, otherwise: fullDepth }),
    fullDepth,
  )
  const level = Number(query.text('level') ?? '0')
  if (Number.isNaN(level)) throw quotationErrors.type()
  return codes.flatMap((code) => {
    const book = markets.orderbook(markets.check(code), level)
    return book === undefined ? [] : [bookRow(narrowBook(book, count, narrowTotals))]
  })
}

export function instruments(markets: MarketsView, query: Query): readonly Row[] {
  return query.codes('markets').map((code) => {
    const price = markets.price(markets.check(code))
    const quote = markets.quote(code)
    return {
      market: code,
      quote_currency: quote,
      tick_size: spellPlain(tickSize(quote, price)),
      supported_levels: supportedLevels(quote, price).map(spellPlain),
    }
  })
}

function tickerRow(ticker: TickerFrame): Row {
  const kst = kstDateTime(ticker.trade_timestamp)
  return {
    market: ticker.code,
    trade_date: ticker.trade_date,
    trade_time: ticker.trade_time,
    trade_date_kst: compact(kst.slice(0, 10)),
    trade_time_kst: compact(kst.slice(11)),
    trade_timestamp: ticker.trade_timestamp,
    opening_price: ticker.opening_price,
    high_price: ticker.high_price,
    low_price: ticker.low_price,
    trade_price: ticker.trade_price,
    prev_closing_price: ticker.prev_closing_price,
    change: ticker.change,
    change_price: ticker.change_price,
    change_rate: ticker.change_rate,
    signed_change_price: ticker.signed_change_price,
    signed_change_rate: ticker.signed_change_rate,
    trade_volume: ticker.trade_volume,
    acc_trade_price: ticker.acc_trade_price,
    acc_trade_price_24h: ticker.acc_trade_price_24h,
    acc_trade_volume: ticker.acc_trade_volume,
    acc_trade_volume_24h: ticker.acc_trade_volume_24h,
    highest_52_week_price: ticker.highest_52_week_price,
    highest_52_week_date: ticker.highest_52_week_date,
    lowest_52_week_price: ticker.lowest_52_week_price,
    lowest_52_week_date: ticker.lowest_52_week_date,
    timestamp: ticker.timestamp,
  }
}

/** The units have the bid first, where the socket has the ask. */
function bookRow(book: OrderbookFrame): Row {
  return {
    market: book.code,
    timestamp: book.timestamp,
    total_ask_size: book.total_ask_size,
    total_bid_size: book.total_bid_size,
    orderbook_units: book.orderbook_units.map(({ bid_price, bid_size, ask_price, ask_size }) => ({
      bid_price,
      bid_size,
      ask_price,
      ask_size,
    })),
    level: book.level ?? 0,
  }
}
