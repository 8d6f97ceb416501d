/**
 * The entry point `upbit-rx/testing`: the embedded exchange, over a real socket or in memory, and the test kit.
 * `docs/guides/testing.md` shows how to use it.
 *
 * @module upbit-rx/testing
 */
export { schedulerEnvironment, virtualStartMs } from './base/scheduler-environment'
// What the builders return: a user's module that exports such a value cannot be declared without its name.
export type { AnnouncementFrame } from './protocol/announcement'
export type { CandleFrame } from './protocol/candle'
export type { IndicatorFrame } from './protocol/indicator'
export type { IndicatorSignalFrame } from './protocol/indicator-signal'
export type { MyAssetFrame } from './protocol/my-asset'
export type { MyOrderFrame } from './protocol/my-order'
export type { OrderbookFrame } from './protocol/orderbook'
export type { TickerFrame } from './protocol/ticker'
export type { TradeFrame } from './protocol/trade'
export { aMyAsset, aMyOrder, anAnnouncement } from './simulator/account-builders'
export { aCandle, anOrderbook, aTicker, aTrade } from './simulator/builders'
export type { BusiestWindows } from './simulator/busiest'
export type { ExchangeControls } from './simulator/controls'
export type { DisturbControls } from './simulator/disturb-controls'
export type { DisturbOptions } from './simulator/disturbance'
export type { EmitOptions } from './simulator/emit-options'
export type { AccountEvent, ExchangeEvent, MarketEvent } from './simulator/encode'
export type { Endpoint } from './simulator/endpoint'
export type {
  AcceptThenCloseOptions,
  CutOptions,
  EndpointControls,
  ItemMatch,
  RefuseOptions,
} from './simulator/endpoint-controls'
export type { Fault } from './simulator/fault'
export { anIndicator, anIndicatorSignal } from './simulator/info-builders'
export type { WaitOptions } from './simulator/limited-wait'
export type { LimitOptions } from './simulator/limits'
export type { MalformedShape } from './simulator/malformed'
export { malformedFrame, malformedShapes } from './simulator/malformed'
export type { ExchangeOptions } from './simulator/options'
export type { Dial, ReceivedMessage } from './simulator/received'
export type { IndicatorValues, RequestedIndicator } from './simulator/request-indicator'
export type { RequestedItem } from './simulator/request-item'
export type { LoadedRecording, RecordingSummary } from './simulator/recording'
export { keysOf, loadRecording } from './simulator/recording'
export type { RestCall } from './simulator/rest/rest-call'
export type { RestControls } from './simulator/rest/rest-controls'
export type { RefuseRestOptions, RestFault } from './simulator/rest/rest-refusal'
export type { ReplayOptions, ReplayServer } from './simulator/replay'
export { startReplay } from './simulator/replay'
export type { Replay, ReplayPace, ReplayProgress } from './simulator/replay-feed'
export type { ExchangeServer, ServerOptions } from './simulator/server'
export { startExchange } from './simulator/server'
export type { ExchangeSwitches } from './simulator/switches'
export { defaultSwitches } from './simulator/switches'
export type {
  VirtualClientOptions,
  VirtualExchange,
  VirtualExchangeOptions,
  VirtualSharedOptions,
} from './simulator/virtual-exchange'
export { createVirtualExchange } from './simulator/virtual-exchange'
export type {
  AccountBalance,
  AccountKey,
  AccountOptions,
  AccountOrder,
  AccountOrderTrade,
  AccountScope,
} from './simulator/trading/account'
export type { AccountControls, PlaceOptions } from './simulator/trading/account-controls'
export type { PocketEvents } from './simulator/trading/pocket-events'
export type { NewOrder } from './simulator/trading/new-order'
export type { VirtualReplay, VirtualReplayOptions } from './simulator/virtual-replay'
export { createVirtualReplay } from './simulator/virtual-replay'
export type { HttpAnswer, HttpFailure, HttpRequest, SendHttp } from './transport/http'
export { resetShared } from './shared'
