/** Everything public that does not depend on the platform. The top-level functions use the shared instance. */
import type { Observable } from 'rxjs'
import type {
  CandleChannel,
  CandleHandlerChannel,
  Channel,
  HandlerChannel,
  TradeChannel,
  TradeHandlerChannel,
} from './channels/channel'
import { createChannels } from './channels/channels'
import type { ConsumeOptions } from './channels/consume'
import { ownedBy } from './channels/consumer-config'
import type { OrderbookOptions } from './channels/consumer-options'
import type { UpbitSubscription } from './channels/handle'
import { Upbit } from './client'
import { GlobalWebSocketManager } from './manager'
import type { UpbitOptions } from './options'
import type { OrderbookEvent, TickerEvent } from './protocol/events'
import { sharedClient } from './shared'

/** Joined at each subscription, so that `configureUpbit` may come after the call of `ticker$`. */
const shared = createChannels({
  enrol: (consumer) => {
    const client = sharedClient()
    return client.enrol(ownedBy(client.owner, consumer))
  },
  error: (error) => sharedClient().report(error),
})

/**
 * A client for options of your own: another region, a simulator, a connection apart. Clients of one host share its
 * connection unless `isolated`.
 *
 * @throws UpbitError `INVALID_OPTION` for an option out of range; `ALREADY_CONFIGURED` when the host's connection is in
 * use with another value of an option.
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { firstValueFrom } from 'rxjs'
 *
 * const upbit = createUpbit({ region: 'sg' })
 * const { trade_price } = await firstValueFrom(upbit.ticker$('SGD-BTC'))
 * console.log(trade_price)
 * await upbit.shutdown()
 * ```
 */
export function createUpbit(options: UpbitOptions = {}): Upbit {
  return new Upbit(() => GlobalWebSocketManager.of(options), options.isolated)
}

/**
 * The state of one or more markets, on every change. Emits the newest known state at once, then every change; a lost
 * connection is no error, the stream goes on with a higher `epoch`. Completes when the application ends it (`signal`,
 * `shutdown`, `only: 'snapshot'`). Errors with `REJECTED`, `AUTH_REFUSED` or, under `overflow: 'error'`,
 * `BUFFER_OVERFLOW`. Unsubscribing takes the entry off the wire unless others have it.
 *
 * Prices are in the quote currency, volumes in the base currency, timestamps in ms.
 * Source: docs.upbit.com, `websocket-ticker`.
 *
 * @param codes one market code or several, `'KRW-BTC'`.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { ticker$ } from 'upbit-rx'
 * ticker$('KRW-BTC').subscribe(({ trade_price, signed_change_rate }) => console.log(trade_price, signed_change_rate))
 * ```
 */
export const ticker$: Channel<TickerEvent> = shared.ticker$

/**
 * The trades of one or more markets, each exactly once, in order of arrival. No old trades; else as `ticker$`. With
 * `backfill`, what was missed is fetched by REST, and comes with `source: 'rest'` (`docs/guides/gaps-and-backfill.md`).
 * `sequential_id` is exact text: it identifies a trade and does not tell the order. Source: docs.upbit.com,
 * `websocket-trade`.
 *
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION` (trades cannot coalesce).
 * @example
 * ```ts
 * import { trade$ } from 'upbit-rx'
 * import { bufferTime } from 'rxjs'
 * trade$(['KRW-BTC', 'KRW-ETH']).pipe(bufferTime(1000)).subscribe((trades) => console.log(trades.length))
 * ```
 */
export const trade$: TradeChannel = shared.trade$

/**
 * The order books of one or more markets: every event is the whole window, best first. `units` cuts it for this
 * consumer alone; `level` groups prices by so many won. A short side is padded with price 0 and size 0. Else as
 * `ticker$`. Source: docs.upbit.com, `websocket-orderbook`.
 *
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { orderbook$ } from 'upbit-rx'
 * orderbook$('KRW-BTC', { units: 5 }).subscribe(({ orderbook_units: [best] }) => console.log(best?.ask_price))
 * ```
 */
export const orderbook$: Channel<OrderbookEvent, OrderbookOptions> = shared.orderbook$

/**
 * The candles of one or more markets: the candle so far, again whenever it changed, at most once a second. The last
 * event of a period (`candle_date_time_utc`) is true; no trade, no candle. `backfill` as for `trade$`, else as `ticker$`.
 * Source: docs.upbit.com, `websocket-candle`.
 *
 * @param unit `1s`, `1m`, `3m`, `5m`, `10m`, `15m`, `30m`, `60m` or `240m`.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { candle$ } from 'upbit-rx'
 * candle$('KRW-BTC', '1m').subscribe(({ candle_date_time_utc, trade_price }) => console.log(candle_date_time_utc, trade_price))
 * ```
 */
export const candle$: CandleChannel = shared.candle$

/**
 * `ticker$` for work that can fail or take time: `handler` may return a promise, and gets the next event when that has
 * settled, with a bounded buffer between; what it throws is reported on `errors$`, and it stays subscribed. Ends like
 * `ticker$`: when the application ends it, or with an error, which is reported on `errors$` too. Unsubscribing leaves at
 * once, and discards what waits.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { subscribeTicker } from 'upbit-rx'
 * const subscription = subscribeTicker('KRW-BTC', async ({ trade_price }) => { await Promise.resolve(trade_price) })
 * subscription.unsubscribe()
 * ```
 */
export const subscribeTicker: HandlerChannel<TickerEvent> = shared.subscribeTicker

/**
 * `trade$` for work that can fail or take time. 1,024 trades may wait, then the oldest is dropped, which `gaps$` tells;
 * else as `subscribeTicker`.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION` (trades cannot coalesce).
 * @example
 * ```ts
 * import { subscribeTrade } from 'upbit-rx'
 *
 * const save = async (id: string): Promise<void> => console.log(id)
 * const subscription = subscribeTrade('KRW-BTC', ({ sequential_id }) => save(sequential_id))
 * subscription.unsubscribe()
 * ```
 */
export const subscribeTrade: TradeHandlerChannel = shared.subscribeTrade

/**
 * `orderbook$` for work that can fail or take time. The newest book of each code waits, older ones are replaced; else as
 * `subscribeTicker`.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { subscribeOrderbook } from 'upbit-rx'
 *
 * const subscription = subscribeOrderbook(['KRW-BTC', 'KRW-ETH'], ({ code, total_ask_size }) =>
 *   console.log(code, total_ask_size),
 * )
 * subscription.unsubscribe()
 * ```
 */
export const subscribeOrderbook: HandlerChannel<OrderbookEvent, OrderbookOptions> = shared.subscribeOrderbook

/**
 * `candle$` for work that can fail or take time. The newest state of each period waits, up to 64 periods a code; else as
 * `subscribeTicker`.
 *
 * @param unit `1s`, `1m`, `3m`, `5m`, `10m`, `15m`, `30m`, `60m` or `240m`.
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { subscribeCandle } from 'upbit-rx'
 *
 * const subscription = subscribeCandle('KRW-BTC', '1m', ({ candle_date_time_utc, trade_price }) =>
 *   console.log(candle_date_time_utc, trade_price),
 * )
 * subscription.unsubscribe()
 * ```
 */
export const subscribeCandle: CandleHandlerChannel = shared.subscribeCandle

/**
 * Any composed stream with the treatment of a handler: one value at a time, a bounded buffer (1,024, oldest dropped),
 * failures reported on the shared instance's `errors$` and survived. It is one of the shared instance's consumers, and
 * what it drops is told on `gaps$`. Ends with the stream, whose error is reported as it is or as `STREAM_FAILED`, after
 * what waits; or with `BUFFER_OVERFLOW` under `overflow: 'error'`, or at a shutdown. Unsubscribing leaves the stream at
 * once, and discards what waits.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_OPTION`.
 * @example
 * ```ts
 * import { consume, trade$ } from 'upbit-rx'
 * import { filter } from 'rxjs'
 * consume(trade$('KRW-BTC').pipe(filter((t) => t.trade_volume > 1)), async (t) => { await Promise.resolve(t) })
 * ```
 */
export function consume<T>(
  stream$: Observable<T>,
  handler: (value: T) => unknown,
  options: ConsumeOptions<T> = {},
): UpbitSubscription {
  return sharedClient().consume(stream$, handler, options)
}

export { configureUpbit } from './shared'
export { WebSocketClientProxy } from './proxy'
export { RestClient } from './rest-client'
export { GlobalWebSocketManager }
export { GlobalRateLimiter } from './global-rate-limiter'
export { errorCodes, isUpbitError, UpbitError } from './base/errors'
export { isMarketCode } from './protocol/market-code'
export { candleUnits, wireFormats } from './protocol/wire'
export { toAsyncIterable } from './operators/to-async-iterable'

export type { Upbit } from './client'
export type { LimitsOptions, UpbitOptions } from './options'
export type { LimitedCallOptions } from './global-rate-limiter'
export type { Budget } from './rate-limit/budget'
export type { Priority } from './rate-limit/priority'
export type { Region } from './target'
export type { UpbitCredentials, UpbitKeys, UpbitToken, UpbitTokenProvider } from './credentials'
export type { PromiseOptions } from './promise-options'
export type { ProxyOptions } from './proxy'
export type { RestCallOptions } from './rest-client'
export type { RestCandleUnit } from './rest/endpoints'
export type {
  RestCandleEvent,
  RestEvent,
  RestOrderbookEvent,
  RestStamp,
  RestTickerEvent,
  RestTradeEvent,
} from './rest/rest-events'
export type {
  CandlesOptions,
  ClosedOrdersOptions,
  MarketsOptions,
  OpenOrdersOptions,
  OrderbooksOptions,
  OrderBy,
  OrderId,
  OrderIds,
  OrdersByIdsOptions,
  TradesOptions,
} from './rest/rest-options'
export type { RestAccount } from './rest/rows/account-row'
export type { RestCandle } from './rest/rows/candle-row'
export type { RestMarket } from './rest/rows/market-row'
export type { RestOrder, RestOrderTrade } from './rest/rows/order-row'
export type { RestOrderbook, RestOrderbookInstrument } from './rest/rows/orderbook-row'
export type { RestTicker } from './rest/rows/ticker-row'
export type { RestTrade } from './rest/rows/trade-row'
export type { CandleSnapshots, OrderbookSnapshotOptions, Snapshots, SnapshotsOf } from './snapshots'
export type { Environment, TimerOptions } from './base/environment'
export type { UpbitErrorCode, UpbitErrorDetails } from './base/errors'
export type { MarketCode } from './protocol/market-code'
export type { CandleType, CandleUnit, PublicType, StreamType, WireFormat } from './protocol/wire'
export type {
  CandleEvent,
  OrderbookEvent,
  PublicEvent,
  Stamp,
  TickerEvent,
  TradeEvent,
} from './protocol/events'
export type { BackfilledEvent } from './protocol/rest-event'
export type { OrderbookUnit } from './protocol/orderbook'
export type {
  BackfillOf,
  CandleChannel,
  CandleHandlerChannel,
  Channel,
  Channels,
  GapsOf,
  Handler,
  HandlerChannel,
  TradeChannel,
  TradeHandlerChannel,
  WithBackfill,
  WithGaps,
} from './channels/channel'
export type { Codes } from './channels/codes'
export type { ConsumeOptions } from './channels/consume'
export type {
  Backfill,
  BackfillOptions,
  BufferOptions,
  ConsumerOptions,
  Deliver,
  OrderbookOptions,
} from './channels/consumer-options'
export type { GapCause, GapEvent, GapReason } from './channels/gap-event'
export type { UpbitSubscription } from './channels/handle'
export type { ConsumerAccount } from './channels/hub'
export type { PipeToSink, UpbitStream } from './channels/upbit-stream'
export type { ConnectionCounters } from './connection/counters'
export type { ConnectionStatus, WaitReason } from './connection/status'
export type { WireState } from './connection/subscription-sender'
export type { Accounting } from './observe/accounting'
export type { HealthCode, HealthOptions } from './observe/health-options'
export type { ConnectionHealth, HealthReason, HealthReport, HealthStatus } from './observe/health-report'
export type { Distribution } from './observe/histogram'
export type { ConnectionInspection, Inspection } from './observe/inspection'
export type { LimitMetrics } from './observe/limit-rows'
export type {
  ConnectionMetrics,
  ConsumerMetrics,
  PerformanceMetrics,
  TrafficMetrics,
  TypeMetrics,
} from './observe/metrics'
export type { RecentError } from './observe/recent-errors'
export type { Logger } from './observe/reporter'
export type { Overflow, Tally } from './operators/delivery'
export type { AsyncIterableSink, ToAsyncIterableOptions } from './operators/to-async-iterable'
export type { HttpAnswer, HttpFailure, HttpRequest, SendHttp } from './transport/http'
export type { OpenSocket, RawFrame, Socket, SocketFailure, SocketRequest } from './transport/socket'

/** Any event of a stream, told apart by `type`. */
export type { UpbitEvent } from './upbit-event'
