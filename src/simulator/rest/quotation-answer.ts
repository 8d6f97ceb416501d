/** The table of the endpoints that need no account. */
import type { ExchangeSwitches } from '../switches'
import { candles, candleUnitOf } from './candle-answers'
import { instruments, marketList, orderbooks, tickers, tickersOfQuotes } from './market-answers'
import type { MarketsView } from './markets-view'
import type { Query } from './query'
import type { RestValue } from './rest-json'
import { restJson } from './rest-json'
import { recentTrades } from './trade-answers'

/** The body; `undefined` for a path that there is not. Throws `RestError`. */
export function quotationAnswer(
  path: string,
  query: Query,
  markets: MarketsView,
  switches: ExchangeSwitches,
  nowMs: number,
): string | undefined {
  const rows = rowsOf(path, query, markets, switches, nowMs)
  return rows === undefined ? undefined : restJson(rows)
}

function rowsOf(
  path: string,
  query: Query,
  markets: MarketsView,
  switches: ExchangeSwitches,
  nowMs: number,
): RestValue | undefined {
  switch (path) {
    case '/v1/market/all':
      return marketList(markets, query)
    case '/v1/ticker':
      return tickers(markets, query)
    case '/v1/ticker/all':
      return tickersOfQuotes(markets, query)
    case '/v1/orderbook':
      return orderbooks(markets, query, switches)
    case '/v1/orderbook/instruments':
      return instruments(markets, query)
    case '/v1/trades/ticks':
      return recentTrades(markets, query, nowMs)
    default: {
      const unit = candleUnitOf(path.slice('/v1/candles/'.length))
      return unit === undefined ? undefined : candles(markets, query, unit, nowMs)
    }
  }
}
