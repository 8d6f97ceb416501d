/** Everything public that does not depend on the platform. */
export {
  candle$,
  consume,
  orderbook$,
  subscribeCandle,
  subscribeOrderbook,
  subscribeTicker,
  subscribeTrade,
  ticker$,
  trade$,
} from './top-level'
export {
  announcement$,
  balances$,
  indicator$,
  indicatorSignal$,
  myAsset$,
  myOrder$,
  openOrders$,
  subscribeAnnouncement,
  subscribeIndicator,
  subscribeIndicatorSignal,
  subscribeMyAsset,
  subscribeMyOrder,
} from './top-level-account'
export { configureUpbit } from './shared'
export { createUpbit } from './create-upbit'
export { WebSocketClientProxy } from './proxy'
export { RestClient } from './rest-client'
export { GlobalWebSocketManager } from './manager'
export { GlobalRateLimiter } from './global-rate-limiter'
export { errorCodes, isUpbitError, UpbitError } from './base/errors'
export { isOrderFilled } from './protocol/is-order-filled'
export { isMarketCode } from './protocol/market-code'
export { candleUnits, wireFormats } from './protocol/wire'
export { toAsyncIterable } from './operators/to-async-iterable'

export type { Upbit } from './client'
export type { AccountViews } from './account-views'
export type { Balance, OpenOrder, PrivateStatus } from './channels/account-view'
export type {
  AnnouncementBufferOptions,
  AnnouncementOptions,
  MyOrderChannel,
  MyOrderHandlerChannel,
  PrivateBufferOptions,
  PrivateChannels,
  PrivateOptions,
  WholeChannel,
  WholeHandlerChannel,
} from './channels/private-channel'
export type {
  Asked,
  IndicatorBufferOptions,
  IndicatorChannel,
  IndicatorHandlerChannel,
  IndicatorOptions,
  IndicatorSignalChannel,
  IndicatorSignalHandlerChannel,
  IndicatorSignalOptions,
  InfoChannels,
} from './channels/info-channel'
export type { IndicatorEventParams, IndicatorParams, IndicatorValue } from './protocol/indicator-fields'
export type {
  IndicatorName,
  IndicatorRequest,
  IndicatorSignalRequest,
  IndicatorTrigger,
  Timeframe,
} from './protocol/indicator-params'
export type { IndicatorEvent, IndicatorSignalEvent, InfoEvent } from './protocol/info-events'
export type { AnnouncementCategory } from './protocol/announcement'
export type { EndedOrder } from './protocol/is-order-filled'
export type { RestMyAssetEvent, RestMyOrderEvent } from './protocol/missed-event'
export type { MyAssetBalance } from './protocol/my-asset'
export type { AnnouncementEvent, MyAssetEvent, MyOrderEvent, PrivateEvent } from './protocol/private-events'
export type { LimitsOptions, UpbitOptions } from './options'
export type { LimitedCallOptions } from './global-rate-limiter'
export type { Budget } from './rate-limit/budget'
export type { Priority } from './rate-limit/priority'
export type { Region } from './target'
export type { UpbitCredentials, UpbitKeys, UpbitToken, UpbitTokenProvider } from './credentials-port'
export type { PromiseOptions } from './promise-options'
export type { ProxyOptions } from './proxy'
export type { RestCallOptions } from './rest-client'
export type { RestCandleUnit } from './rest/endpoints'
export type {
  BestBuyOrder,
  BestSellOrder,
  CancelOpenOptions,
  LimitOrder,
  MarketBuyOrder,
  MarketSellOrder,
  OrderRequest,
  PostOnlyOrder,
  ReplaceRequest,
  SmpType,
} from './rest/order-request'
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
export type { RestCancelList } from './rest/rows/cancel-rows'
export type { RestCandle } from './rest/rows/candle-row'
export type { RestOrderChance } from './rest/rows/chance-row'
export type { RestMarket } from './rest/rows/market-row'
export type { RestOrder, RestOrderTrade } from './rest/rows/order-row'
export type { RestOrderbook, RestOrderbookInstrument } from './rest/rows/orderbook-row'
export type { RestTicker } from './rest/rows/ticker-row'
export type { RestTrade } from './rest/rows/trade-row'
export type {
  CancelledOrder,
  CancelledOrders,
  ConfirmedBy,
  PlacedOrder,
  ReplacedOrder,
} from './rest/trading-results'
export type { CandleSnapshots, OrderbookSnapshotOptions, Snapshots, SnapshotsOf } from './snapshots'
export type { Trading } from './trading'
export type { Environment, TimerOptions } from './base/environment'
export type { UpbitErrorCode, UpbitErrorDetails } from './base/errors'
export type { MarketCode } from './protocol/market-code'
export type {
  CandleType,
  CandleUnit,
  AnyType,
  InfoType,
  PrivateType,
  PublicType,
  StreamType,
  WireFormat,
} from './protocol/wire'
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
  CommonOptions,
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
export type { WireState } from './connection/wire-state'
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

/** Any event of a stream of market data, told apart by `type`; those of an account and of indicators have types of their own. */
export type { UpbitEvent } from './upbit-event'
