/** The types of the functions that a user calls for indicators: what is asked for says what comes. */
import type { Overflow } from '../operators/overflow'
import type {
  IndicatorName,
  IndicatorRequest,
  IndicatorSignalRequest,
  Timeframe,
} from '../protocol/indicator-params'
import type { IndicatorEvent, IndicatorSignalEvent } from '../protocol/info-events'
import type { GapsOf, Handler, WithGaps } from './channel'
import type { Codes } from './codes'
import type { CommonOptions } from './consumer-options'
import type { UpbitSubscription } from './handle'
import type { UpbitStream } from './upbit-stream'

/** The bounded buffer of a consumer of indicators. */
export interface IndicatorBufferOptions<Policy extends Overflow = Overflow> {
  /** Events that may wait, from 1; under `coalesce` it counts combinations. Default 1,024, or one slot a combination. */
  readonly capacity?: number
  /** What a full buffer does. Default `drop-oldest`. */
  readonly overflow?: Policy
}

/** Options of a consumer of indicators. */
export interface IndicatorOptions extends CommonOptions {
  readonly buffer?: IndicatorBufferOptions
}

/** Options of a consumer of signals, which cannot coalesce: every signal counts. */
export interface IndicatorSignalOptions extends CommonOptions {
  readonly buffer?: IndicatorBufferOptions<Exclude<Overflow, 'coalesce'>>
}

/** One of `Request`, or a list of them; `Name` is taken from what is given. */
export type Asked<Name extends IndicatorName, Request> =
  ({ readonly type: Name } & Request) | readonly ({ readonly type: Name } & Request)[]

/** Values of indicators, by codes, timeframe, indicators and options. */
export type IndicatorChannel = <Name extends IndicatorName, G extends boolean = false>(
  codes: Codes,
  timeframe: Timeframe,
  indicators: Asked<Name, IndicatorRequest<Name>>,
  options?: IndicatorOptions & WithGaps<G>,
) => UpbitStream<IndicatorEvent<Name> | GapsOf<G>>

/** A handler of values of indicators, by codes, timeframe, indicators and options. */
export type IndicatorHandlerChannel = <Name extends IndicatorName, G extends boolean = false>(
  codes: Codes,
  timeframe: Timeframe,
  indicators: Asked<Name, IndicatorRequest<Name>>,
  handler: Handler<IndicatorEvent<Name> | GapsOf<G>>,
  options?: IndicatorOptions & WithGaps<G>,
) => UpbitSubscription

/** Signals of indicators, by codes, timeframe, indicators and options. */
export type IndicatorSignalChannel = <Name extends IndicatorName, G extends boolean = false>(
  codes: Codes,
  timeframe: Timeframe,
  indicators: Asked<Name, IndicatorSignalRequest<Name>>,
  options?: IndicatorSignalOptions & WithGaps<G>,
) => UpbitStream<IndicatorSignalEvent<Name> | GapsOf<G>>

/** A handler of signals of indicators, by codes, timeframe, indicators and options. */
export type IndicatorSignalHandlerChannel = <Name extends IndicatorName, G extends boolean = false>(
  codes: Codes,
  timeframe: Timeframe,
  indicators: Asked<Name, IndicatorSignalRequest<Name>>,
  handler: Handler<IndicatorSignalEvent<Name> | GapsOf<G>>,
  options?: IndicatorSignalOptions & WithGaps<G>,
) => UpbitSubscription

/** The functions that a client has of indicators and of their signals, as streams and as handlers. */
export interface InfoChannels {
  readonly indicator$: IndicatorChannel
  readonly indicatorSignal$: IndicatorSignalChannel
  readonly subscribeIndicator: IndicatorHandlerChannel
  readonly subscribeIndicatorSignal: IndicatorSignalHandlerChannel
}
