/** Every call that the library makes: its path, its group of limits, the table of its answer. */
import type { CandleUnit } from '../protocol/wire'
import type { Endpoint } from './rest-call'
import { listEndpoint, oneEndpoint } from './rest-call'
import { accountFields } from './rows/account-row'
import type { RestCandle } from './rows/candle-row'
import { candleRowFields } from './rows/candle-row'
import { marketFields } from './rows/market-row'
import { orderFields } from './rows/order-row'
import { instrumentFields, orderbookRowFields } from './rows/orderbook-row'
import { tickerRowFields } from './rows/ticker-row'
import { tradeRowFields } from './rows/trade-row'

/** The lengths of candles that REST has beside those of the streams, in the exchange's own words. */
export const longCandleUnits = ['days', 'weeks', 'months', 'years'] as const

/** A length of candles by REST: one of the streams', or days, weeks, months, years. */
export type RestCandleUnit = CandleUnit | (typeof longCandleUnits)[number]

const tickers = { group: 'ticker', name: 'rest.ticker' } as const
const ofAccount = { group: 'default', isExact: true, isPrivate: true } as const
const orders = { ...ofAccount, name: 'rest.order' } as const

export const endpoints = {
  markets: listEndpoint({ path: '/v1/market/all', group: 'market', name: 'rest.market' }, marketFields),
  tickers: listEndpoint({ path: '/v1/ticker', ...tickers }, tickerRowFields),
  tickersByQuote: listEndpoint({ path: '/v1/ticker/all', ...tickers }, tickerRowFields),
  orderbooks: listEndpoint(
    { path: '/v1/orderbook', group: 'orderbook', name: 'rest.orderbook' },
    orderbookRowFields,
  ),
  instruments: listEndpoint(
    { path: '/v1/orderbook/instruments', group: 'orderbook', name: 'rest.instrument' },
    instrumentFields,
  ),
  trades: listEndpoint(
    { path: '/v1/trades/ticks', group: 'trade', name: 'rest.trade', isExact: true },
    tradeRowFields,
  ),
  accounts: listEndpoint({ path: '/v1/accounts', ...ofAccount, name: 'rest.account' }, accountFields),
  openOrders: listEndpoint({ path: '/v1/orders/open', ...orders }, orderFields),
  closedOrders: listEndpoint({ path: '/v1/orders/closed', ...orders }, orderFields),
  ordersByIds: listEndpoint({ path: '/v1/orders/uuids', ...orders }, orderFields),
  order: oneEndpoint({ path: '/v1/order', ...orders }, orderFields),
} as const

/** The candles of a unit have a path of their own. */
export function candlesEndpoint(unit: RestCandleUnit): Endpoint<readonly RestCandle[]> {
  const [, minutes] = /^(\d+)m$/.exec(unit) ?? []
  const last = minutes === undefined ? (unit === '1s' ? 'seconds' : unit) : `minutes/${minutes}`
  return listEndpoint({ path: `/v1/candles/${last}`, group: 'candle', name: 'rest.candle' }, candleRowFields)
}
