/**
 * The functions a user calls, for one client: `ticker$` and its siblings, and the same as handlers. Wrong arguments
 * throw at the call; trouble at run time never does.
 */
import type { UpbitError } from '../base/errors'
import type {
  CandleEvent,
  EventKind,
  OrderbookEvent,
  PublicEvent,
  TickerEvent,
  TradeEvent,
} from '../protocol/events'
import type { RestCandleEvent, RestTradeEvent } from '../protocol/rest-event'
import type { CandleUnit, PublicType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { Codes } from './codes'
import { checkCodes, checkUnit } from './codes'
import type {
  AnyConsumerOptions,
  Backfill,
  BackfillOptions,
  ConsumerOptions,
  OrderbookOptions,
} from './consumer-options'
import { checkConsumerOptions } from './consumer-options'
import type { GapEvent } from './gap-event'
import type { UpbitSubscription } from './handle'
import { createHandle } from './handle'
import type { AnyHandler } from './handler-target'
import { HandlerTarget } from './handler-target'
import { keepWith } from './keep-with'
import { KnownKeys } from './known-keys'
import { checkHandler } from './option-checks'
import type { Enrol, UpbitStream } from './upbit-stream'
import { upbitStream$ } from './upbit-stream'

/** Asks for gaps in band: the stream's type then includes them. */
export interface WithGaps {
  readonly gaps: true
}

/** Asks for what was missed: the stream's type then includes what comes by REST. */
export interface WithBackfill {
  readonly backfill: Backfill
}

/** A callback; when it returns a promise, the next event comes after that has settled. */
export type Handler<E> = (event: E) => unknown

/** A stream of `E`, by codes and options. */
export interface Channel<E extends PublicEvent, O extends ConsumerOptions = ConsumerOptions> {
  (codes: Codes, options: O & WithGaps): UpbitStream<E | GapEvent>
  (codes: Codes, options?: O): UpbitStream<E>
}

/** A handler of `E`, by codes and options. */
export interface HandlerChannel<E extends PublicEvent, O extends ConsumerOptions = ConsumerOptions> {
  (codes: Codes, handler: Handler<E | GapEvent>, options: O & WithGaps): UpbitSubscription
  (codes: Codes, handler: Handler<E>, options?: O): UpbitSubscription
}

/** A stream of trades, by codes and options. */
export interface TradeChannel {
  (
    codes: Codes,
    options: BackfillOptions & WithBackfill & WithGaps,
  ): UpbitStream<TradeEvent | RestTradeEvent | GapEvent>
  (codes: Codes, options: BackfillOptions & WithBackfill): UpbitStream<TradeEvent | RestTradeEvent>
  (codes: Codes, options: ConsumerOptions & WithGaps): UpbitStream<TradeEvent | GapEvent>
  (codes: Codes, options?: ConsumerOptions): UpbitStream<TradeEvent>
}

/** A handler of trades, by codes and options. */
export interface TradeHandlerChannel {
  (
    codes: Codes,
    handler: Handler<TradeEvent | RestTradeEvent | GapEvent>,
    options: BackfillOptions & WithBackfill & WithGaps,
  ): UpbitSubscription
  (
    codes: Codes,
    handler: Handler<TradeEvent | RestTradeEvent>,
    options: BackfillOptions & WithBackfill,
  ): UpbitSubscription
  (
    codes: Codes,
    handler: Handler<TradeEvent | GapEvent>,
    options: ConsumerOptions & WithGaps,
  ): UpbitSubscription
  (codes: Codes, handler: Handler<TradeEvent>, options?: ConsumerOptions): UpbitSubscription
}

/** A stream of candles, by codes, unit and options. */
export interface CandleChannel {
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    options: BackfillOptions & WithBackfill & WithGaps,
  ): UpbitStream<CandleEvent<U> | RestCandleEvent<U> | GapEvent>
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    options: BackfillOptions & WithBackfill,
  ): UpbitStream<CandleEvent<U> | RestCandleEvent<U>>
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    options: ConsumerOptions & WithGaps,
  ): UpbitStream<CandleEvent<U> | GapEvent>
  <U extends CandleUnit>(codes: Codes, unit: U, options?: ConsumerOptions): UpbitStream<CandleEvent<U>>
}

/** A handler of candles, by codes, unit and options. */
export interface CandleHandlerChannel {
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    handler: Handler<CandleEvent<U> | RestCandleEvent<U> | GapEvent>,
    options: BackfillOptions & WithBackfill & WithGaps,
  ): UpbitSubscription
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    handler: Handler<CandleEvent<U> | RestCandleEvent<U>>,
    options: BackfillOptions & WithBackfill,
  ): UpbitSubscription
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    handler: Handler<CandleEvent<U> | GapEvent>,
    options: ConsumerOptions & WithGaps,
  ): UpbitSubscription
  <U extends CandleUnit>(
    codes: Codes,
    unit: U,
    handler: Handler<CandleEvent<U>>,
    options?: ConsumerOptions,
  ): UpbitSubscription
}

/** The functions that a client has of each kind of event, as streams and as handlers. */
export interface Channels {
  readonly ticker$: Channel<TickerEvent>
  readonly trade$: TradeChannel
  readonly orderbook$: Channel<OrderbookEvent, OrderbookOptions>
  readonly candle$: CandleChannel
  readonly subscribeTicker: HandlerChannel<TickerEvent>
  readonly subscribeTrade: TradeHandlerChannel
  readonly subscribeOrderbook: HandlerChannel<OrderbookEvent, OrderbookOptions>
  readonly subscribeCandle: CandleHandlerChannel
}

export interface ChannelPorts {
  readonly enrol: Enrol
  readonly error: (error: UpbitError) => void
  /**
   * Whose channels they are: a live subscription to a stream keeps it, and so does the handle of a handler for whoever
   * holds the handle. A handler's consumer does not, unless its options say `keepAlive`.
   */
  readonly keeps?: object
}

/** One for all who give none. */
const noOptions: AnyConsumerOptions = {}

export function createChannels({ enrol, error, keeps }: ChannelPorts): Channels {
  const known = new KnownKeys()
  const stream$ = (
    kind: EventKind,
    type: PublicType,
    codes: Codes,
    options: AnyConsumerOptions = noOptions,
  ) => upbitStream$<never>(enrol, kind, keysOf(known, kind, type, codes, options), options, keeps)

  function subscribe(
    kind: EventKind,
    type: PublicType,
    codes: Codes,
    handler: AnyHandler,
    options: AnyConsumerOptions = noOptions,
  ): UpbitSubscription {
    const keys = keysOf(known, kind, type, codes, options)
    checkHandler(handler)
    const target = new HandlerTarget(handler, error)
    const consumer = enrol({
      kind,
      keys,
      options,
      target,
      keeps: options.keepAlive === true ? keeps : undefined,
    })
    consumer.enter()
    return keepWith(
      createHandle(consumer, () => consumer.unsubscribe()),
      keeps,
    )
  }

  // The overloads of a channel differ only in what its options make part of the type, which no one signature can say.
  return {
    ticker$: ((codes, options) => stream$('ticker', 'ticker', codes, options)) as Channel<TickerEvent>,
    trade$: ((codes, options) => stream$('trade', 'trade', codes, options)) as TradeChannel,
    orderbook$: ((codes, options) => stream$('orderbook', 'orderbook', codes, options)) as Channel<
      OrderbookEvent,
      OrderbookOptions
    >,
    candle$: ((codes, unit, options) =>
      stream$('candle', `candle.${checkUnit(unit)}`, codes, options)) as CandleChannel,
    subscribeTicker: (codes: Codes, handler: AnyHandler, options?: ConsumerOptions) =>
      subscribe('ticker', 'ticker', codes, handler, options),
    subscribeTrade: (codes: Codes, handler: AnyHandler, options?: ConsumerOptions) =>
      subscribe('trade', 'trade', codes, handler, options),
    subscribeOrderbook: (codes: Codes, handler: AnyHandler, options?: OrderbookOptions) =>
      subscribe('orderbook', 'orderbook', codes, handler, options),
    subscribeCandle: (codes: Codes, unit: CandleUnit, handler: AnyHandler, options?: ConsumerOptions) =>
      subscribe('candle', `candle.${checkUnit(unit)}`, codes, handler, options),
  }
}

function keysOf(
  known: KnownKeys,
  kind: EventKind,
  type: PublicType,
  codes: Codes,
  options: AnyConsumerOptions,
): readonly StreamKey[] {
  const checked = checkCodes(codes)
  checkConsumerOptions(kind, options)
  return known.of(type, checked, options.level)
}
