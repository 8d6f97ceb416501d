/**
 * Every call as an Observable: nothing is sent before the subscription, which emits the one answer and completes, or errors
 * with an `UpbitError`; unsubscribing aborts it. Wrong arguments throw at the call.
 */
import type { Observable } from 'rxjs'
import { UpbitError } from '../base/errors'
import { invalidOption } from '../base/invalid-option'
import type { Codes } from '../channels/codes'
import { checkCodes } from '../channels/codes'
import { checkBoolean, checkMs, checkOneOf, checkWhole } from '../channels/option-checks'
import { priorities } from '../rate-limit/priority'
import type { RestCandleUnit } from './endpoints'
import { candlesEndpoint, endpoints } from './endpoints'
import type { Parameter } from './query'
import type { CallOptions, Endpoint } from './rest-call'
import type { RestCaller } from './rest-caller'
import {
  checkCurrency,
  checkCursor,
  checkId,
  checkIds,
  checkInstant,
  checkOneCode,
  checkQuotes,
  checkRange,
  checkRestUnit,
  checkStates,
  checkTimeOfDay,
} from './rest-checks'
import type {
  CandlesOptions,
  ClosedOrdersOptions,
  MarketsOptions,
  OpenOrdersOptions,
  OrderbooksOptions,
  OrderId,
  OrdersByIdsOptions,
  TradesOptions,
} from './rest-options'
import type { RestAccount } from './rows/account-row'
import type { RestCandle } from './rows/candle-row'
import type { RestMarket } from './rows/market-row'
import type { RestOrder } from './rows/order-row'
import type { RestOrderbook, RestOrderbookInstrument } from './rows/orderbook-row'
import type { RestTicker } from './rows/ticker-row'
import type { RestTrade } from './rows/trade-row'

type Rows<T> = Observable<readonly T[]>

export interface RestCalls {
  markets$(options?: MarketsOptions & CallOptions): Rows<RestMarket>
  tickers$(codes: Codes, options?: CallOptions): Rows<RestTicker>
  tickersByQuote$(quotes: string | readonly string[], options?: CallOptions): Rows<RestTicker>
  orderbooks$(codes: Codes, options?: OrderbooksOptions & CallOptions): Rows<RestOrderbook>
  orderbookInstruments$(codes: Codes, options?: CallOptions): Rows<RestOrderbookInstrument>
  trades$(code: string, options?: TradesOptions & CallOptions): Rows<RestTrade>
  candles$(code: string, unit: RestCandleUnit, options?: CandlesOptions & CallOptions): Rows<RestCandle>
  accounts$(options?: CallOptions): Rows<RestAccount>
  openOrders$(options?: OpenOrdersOptions & CallOptions): Rows<RestOrder>
  closedOrders$(options?: ClosedOrdersOptions & CallOptions): Rows<RestOrder>
  ordersByIds$(options: OrdersByIdsOptions & CallOptions): Rows<RestOrder>
  order$(options: OrderId & CallOptions): Observable<RestOrder>
}

export function createRestCalls(call$: RestCaller): RestCalls {
  function ask$<T>(
    endpoint: Endpoint<T>,
    what: string,
    parameters: Readonly<Record<string, Parameter>>,
    options: CallOptions,
  ): Observable<T> {
    checkMs('timeoutMs', options.timeoutMs)
    checkOneOf('priority', options.priority, priorities)
    return call$({ endpoint, what, parameters }, options)
  }

  return {
    markets$(options = {}) {
      checkBoolean('isDetails', options.isDetails)
      return ask$(endpoints.markets, 'getMarkets', { is_details: options.isDetails }, options)
    },
    tickers$(codes, options = {}) {
      const markets = checkCodes(codes)
      return ask$(endpoints.tickers, `getTickers of ${shown(markets)}`, { markets: markets.join() }, options)
    },
    tickersByQuote$(quotes, options = {}) {
      const currencies = checkQuotes(quotes).join()
      const what = `getTickersByQuote of ${currencies}`
      return ask$(endpoints.tickersByQuote, what, { quote_currencies: currencies }, options)
    },
    orderbooks$(codes, options = {}) {
      const markets = checkCodes(codes)
      checkRange('count', options.count, 1, 30)
      checkWhole('level', options.level, 0)
      const { count, level } = options
      const parameters = { markets: markets.join(), count, level }
      return ask$(endpoints.orderbooks, `getOrderbooks of ${shown(markets)}`, parameters, options)
    },
    orderbookInstruments$(codes, options = {}) {
      const markets = checkCodes(codes)
      const what = `getOrderbookInstruments of ${shown(markets)}`
      return ask$(endpoints.instruments, what, { markets: markets.join() }, options)
    },
    trades$(code, options = {}) {
      const market = checkOneCode(code)
      const { count, cursor, to, daysAgo } = options
      checkRange('count', count, 1, 500)
      checkCursor(cursor)
      checkTimeOfDay('to', to)
      checkRange('daysAgo', daysAgo, 1, 7)
      const parameters = { market, to, count, cursor, days_ago: daysAgo }
      return ask$(endpoints.trades, `getTrades of ${market}`, parameters, options)
    },
    candles$(code, unit, options = {}) {
      const market = checkOneCode(code)
      const endpoint = candlesEndpoint(checkRestUnit(unit))
      checkRange('count', options.count, 1, 200)
      const to = checkInstant('to', options.to)
      const { count, convertingPriceUnit } = options
      checkCurrency('convertingPriceUnit', convertingPriceUnit)
      if (convertingPriceUnit !== undefined && unit !== 'days') {
        throw invalidOption('convertingPriceUnit', convertingPriceUnit, "nothing here: it is for unit 'days'")
      }
      const parameters = { market, to, count, converting_price_unit: convertingPriceUnit }
      return ask$(endpoint, `getCandles of ${market} ${unit}`, parameters, options)
    },
    accounts$: (options = {}) => ask$(endpoints.accounts, 'getAccounts', {}, options),
    openOrders$(options = {}) {
      const market = checkMarket(options.market)
      const states = checkStates(options.states, ['wait', 'watch'])
      checkWhole('page', options.page, 1)
      checkRange('limit', options.limit, 1, 100)
      checkOneOf('orderBy', options.orderBy, orders)
      const { page, limit, orderBy } = options
      const parameters = { market, states, page, limit, order_by: orderBy }
      return ask$(endpoints.openOrders, 'getOpenOrders', parameters, options)
    },
    closedOrders$(options = {}) {
      const market = checkMarket(options.market)
      const states = checkStates(options.states, ['done', 'cancel'])
      const startTime = checkInstant('startTime', options.startTime)
      const endTime = checkInstant('endTime', options.endTime)
      checkWindow(startTime, endTime)
      checkRange('limit', options.limit, 1, 1000)
      checkOneOf('orderBy', options.orderBy, orders)
      const { limit, orderBy } = options
      const parameters = {
        market,
        states,
        start_time: startTime,
        end_time: endTime,
        limit,
        order_by: orderBy,
      }
      return ask$(endpoints.closedOrders, 'getClosedOrders', parameters, options)
    },
    ordersByIds$(options) {
      const market = checkMarket(options.market)
      const { name, ids } = checkIds(['uuids', 'identifiers'], options)
      checkOneOf('orderBy', options.orderBy, orders)
      const parameters = { market, [name]: ids, order_by: options.orderBy }
      return ask$(endpoints.ordersByIds, 'getOrdersByIds', parameters, options)
    },
    order$(options) {
      const { name, id } = checkId(['uuid', 'identifier'], options)
      return ask$(endpoints.order, 'getOrder', { [name]: id }, options)
    },
  }
}

const orders = ['asc', 'desc']

function checkMarket(market: string | undefined): string | undefined {
  return market === undefined ? undefined : checkOneCode(market, 'market')
}

const longestWindowMs = 7 * 24 * 60 * 60 * 1000

function checkWindow(start: string | undefined, end: string | undefined): void {
  if (start === undefined || end === undefined) return
  const windowMs = Date.parse(end) - Date.parse(start)
  if (windowMs >= 0 && windowMs <= longestWindowMs) return
  throw new UpbitError(
    'INVALID_OPTION',
    `\`endTime\` is ${end}; allowed: up to seven days after startTime, ${start}.`,
    {
      option: 'endTime',
      nextStep: 'Ask for shorter windows, one after the other.',
    },
  )
}

function shown([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} +${others.length}`
}
