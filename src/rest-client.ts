/** The REST calls as promises: the edge of `rest/`, where everything is an Observable. */
import type { Observable } from 'rxjs'
import { checkNames } from './base/check-names'
import type { Environment } from './base/environment'
import type { Codes } from './channels/codes'
import { checkSignal } from './channels/option-checks'
import type { PromiseOptions } from './promise-options'
import { toPromise } from './promise-options'
import type { Priority } from './rate-limit/priority'
import type { RestCandleUnit } from './rest/endpoints'
import type { RestCalls } from './rest/rest-calls'
import type {
  CandlesOptions,
  ClosedOrdersOptions,
  MarketsOptions,
  OpenOrdersOptions,
  OrderbooksOptions,
  OrderId,
  OrdersByIdsOptions,
  TradesOptions,
} from './rest/rest-options'
import type { RestAccount } from './rest/rows/account-row'
import type { RestCandle } from './rest/rows/candle-row'
import type { RestMarket } from './rest/rows/market-row'
import type { RestOrder } from './rest/rows/order-row'
import type { RestOrderbook, RestOrderbookInstrument } from './rest/rows/orderbook-row'
import type { RestTicker } from './rest/rows/ticker-row'
import type { RestTrade } from './rest/rows/trade-row'

/** Options of every REST call. */
export interface RestCallOptions extends PromiseOptions {
  /** Who goes first where calls wait for a permit of the exchange's limits. Default `subscribe`. */
  readonly priority?: Priority
}

/** Whose calls they are: asked at each call, since a client may have another manager after a shutdown. */
export interface RestClientPorts {
  readonly calls: RestCalls
  readonly environment: Environment
}

/**
 * The exchange's REST calls, checked and typed, with Upbit's own field names. Each call waits for its permit of the
 * exchange's limits, is tried again where that can help, within its time, and rejects with an `UpbitError`: `TIMEOUT`,
 * `ABORTED`, `RATE_LIMITED`, `NOT_FOUND`, `AUTH_REFUSED`, `REST_REFUSED`, `REST_FAILED`, `UNDECODABLE`; with
 * `INVALID_CODE` or `INVALID_OPTION` for a wrong argument. An error has the `status`, the exchange's own name and message.
 *
 * Prices and volumes of the market are numbers. `sequential_id` and all that is of an account is exact text.
 * Source: docs.upbit.com, `rest-api-guide`.
 *
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 *
 * const { rest } = createUpbit()
 * const [best] = await rest.getOrderbooks('KRW-BTC', { count: 1 })
 * const candles = await rest.getCandles('KRW-BTC', 'days', { count: 7 })
 * console.log(best?.orderbook_units[0], candles.map(({ trade_price }) => trade_price))
 * ```
 */
export class RestClient {
  readonly #ports: () => RestClientPorts

  /** @internal Use `upbit.rest`. */
  constructor(ports: () => RestClientPorts) {
    this.#ports = ports
  }

  /** All pairs that the exchange lists. */
  getMarkets(options: MarketsOptions & RestCallOptions = {}): Promise<readonly RestMarket[]> {
    return this.#ask('getMarkets', options, ['isDetails'], (calls) => calls.markets$(options))
  }

  /** The state of markets, one row each in an order of the exchange's; one unknown code is `NOT_FOUND` for all. */
  getTickers(codes: Codes, options: RestCallOptions = {}): Promise<readonly RestTicker[]> {
    return this.#ask('getTickers', options, [], (calls) => calls.tickers$(codes, options))
  }

  /** The state of all markets of quote currencies, `['KRW', 'BTC']`. */
  getTickersByQuote(
    quotes: string | readonly string[],
    options: RestCallOptions = {},
  ): Promise<readonly RestTicker[]> {
    return this.#ask('getTickersByQuote', options, [], (calls) => calls.tickersByQuote$(quotes, options))
  }

  /** The books of markets, best first; none for a market that does not support the `level`. */
  getOrderbooks(
    codes: Codes,
    options: OrderbooksOptions & RestCallOptions = {},
  ): Promise<readonly RestOrderbook[]> {
    return this.#ask('getOrderbooks', options, ['count', 'level'], (calls) =>
      calls.orderbooks$(codes, options),
    )
  }

  /** The price steps and price groupings of books. */
  getOrderbookInstruments(
    codes: Codes,
    options: RestCallOptions = {},
  ): Promise<readonly RestOrderbookInstrument[]> {
    return this.#ask('getOrderbookInstruments', options, [], (calls) =>
      calls.orderbookInstruments$(codes, options),
    )
  }

  /** Trades of one UTC day, the newest first. */
  getTrades(code: string, options: TradesOptions & RestCallOptions = {}): Promise<readonly RestTrade[]> {
    return this.#ask('getTrades', options, ['count', 'cursor', 'to', 'daysAgo'], (calls) =>
      calls.trades$(code, options),
    )
  }

  /**
   * Candles, the newest first; the one of the present period is among them, and a period without a trade has none. Of
   * seconds the exchange keeps three months.
   *
   * @param unit one of the streams', or `days`, `weeks`, `months`, `years`.
   */
  getCandles(
    code: string,
    unit: RestCandleUnit,
    options: CandlesOptions & RestCallOptions = {},
  ): Promise<readonly RestCandle[]> {
    return this.#ask('getCandles', options, ['count', 'to', 'convertingPriceUnit'], (calls) =>
      calls.candles$(code, unit, options),
    )
  }

  /** What the account holds, by currency. */
  getAccounts(options: RestCallOptions = {}): Promise<readonly RestAccount[]> {
    return this.#ask('getAccounts', options, [], (calls) => calls.accounts$(options))
  }

  /** The orders that are open, conditional ones included. */
  getOpenOrders(options: OpenOrdersOptions & RestCallOptions = {}): Promise<readonly RestOrder[]> {
    const allowed = ['market', 'states', 'page', 'limit', 'orderBy']
    return this.#ask('getOpenOrders', options, allowed, (calls) => calls.openOrders$(options))
  }

  /** The orders that were done or cancelled, of a window of at most seven days. */
  getClosedOrders(options: ClosedOrdersOptions & RestCallOptions = {}): Promise<readonly RestOrder[]> {
    const allowed = ['market', 'states', 'startTime', 'endTime', 'limit', 'orderBy']
    return this.#ask('getClosedOrders', options, allowed, (calls) => calls.closedOrders$(options))
  }

  /** Orders by the exchange's ids or by your own, at most 100; those that are not known are left out. */
  getOrdersByIds(options: OrdersByIdsOptions & RestCallOptions): Promise<readonly RestOrder[]> {
    const allowed = ['uuids', 'identifiers', 'market', 'orderBy']
    return this.#ask('getOrdersByIds', options, allowed, (calls) => calls.ordersByIds$(options))
  }

  /** One order with its executions (`trades`), by the exchange's id or by your own. */
  getOrder(options: OrderId & RestCallOptions): Promise<RestOrder> {
    return this.#ask('getOrder', options, ['uuid', 'identifier'], (calls) => calls.order$(options))
  }

  /** Whatever is wrong rejects, as it does with every promise of the library. */
  async #ask<T>(
    what: string,
    options: RestCallOptions,
    allowed: readonly string[],
    ask$: (calls: RestCalls) => Observable<T>,
  ): Promise<T> {
    checkNames(options, [...allowed, 'timeoutMs', 'signal', 'priority'])
    const { signal } = options
    checkSignal(signal)
    const { calls, environment } = this.#ports()
    const limits = { timeoutMs: Infinity, ...(signal === undefined ? {} : { signal }) }
    // Its time is the call's own matter, which knows what it was spent with.
    return toPromise(ask$(calls), what, { environment }, limits)
  }
}
