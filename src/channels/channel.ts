/**
 * The types of the functions that a user calls: what a channel may emit follows from what its options may say, be they
 * a literal or a variable of any of the option types.
 */
import type { CandleEvent, OrderbookEvent, PublicEvent, TickerEvent, TradeEvent } from '../protocol/events'
import type { RestCandleEvent, RestTradeEvent } from '../protocol/rest-event'
import type { CandleUnit } from '../protocol/wire'
import type { Codes } from './codes'
import type { Backfill, ConsumerOptions, OrderbookOptions } from './consumer-options'
import type { GapEvent } from './gap-event'
import type { UpbitSubscription } from './handle'
import type { UpbitStream } from './upbit-stream'

/** Options of which the type `G` says whether gaps come in band: `true`, `false`, or `boolean` for either. */
export interface WithGaps<G extends boolean = true> {
  /** `true`: gaps come in band; see `ConsumerOptions.gaps`. */
  readonly gaps?: G
}

/** Options of which the type `B` says how what was missed is fetched; `never` for not at all. */
export interface WithBackfill<B extends Backfill = Backfill> {
  /** Whether what was missed is fetched by REST; see `BackfillOptions.backfill`. */
  readonly backfill?: B
}

/** The gaps of a stream: none where the options are known not to ask for them, `GapEvent` where they may. */
export type GapsOf<G extends boolean> = G extends true ? GapEvent : never

/** What of `R` comes by REST: nothing where the options are known not to ask for it, `R` where they may. */
export type BackfillOf<B extends Backfill, R> = B extends Backfill ? R : never

/** A callback; when it returns a promise, the next event comes after that has settled. */
export type Handler<E> = (event: E) => unknown

/** A stream of `E`, by codes and options. */
export type Channel<E extends PublicEvent, O extends ConsumerOptions = ConsumerOptions> = <
  G extends boolean = false,
>(
  codes: Codes,
  options?: O & WithGaps<G>,
) => UpbitStream<E | GapsOf<G>>

/** A handler of `E`, by codes and options. */
export type HandlerChannel<E extends PublicEvent, O extends ConsumerOptions = ConsumerOptions> = <
  G extends boolean = false,
>(
  codes: Codes,
  handler: Handler<E | GapsOf<G>>,
  options?: O & WithGaps<G>,
) => UpbitSubscription

/** A stream of trades, by codes and options. */
export type TradeChannel = <G extends boolean = false, B extends Backfill = never>(
  codes: Codes,
  options?: ConsumerOptions & WithGaps<G> & WithBackfill<B>,
) => UpbitStream<TradeEvent | BackfillOf<B, RestTradeEvent> | GapsOf<G>>

/** A handler of trades, by codes and options. */
export type TradeHandlerChannel = <G extends boolean = false, B extends Backfill = never>(
  codes: Codes,
  handler: Handler<TradeEvent | BackfillOf<B, RestTradeEvent> | GapsOf<G>>,
  options?: ConsumerOptions & WithGaps<G> & WithBackfill<B>,
) => UpbitSubscription

/** A stream of candles, by codes, unit and options. */
export type CandleChannel = <U extends CandleUnit, G extends boolean = false, B extends Backfill = never>(
  codes: Codes,
  unit: U,
  options?: ConsumerOptions & WithGaps<G> & WithBackfill<B>,
) => UpbitStream<CandleEvent<U> | BackfillOf<B, RestCandleEvent<U>> | GapsOf<G>>

/** A handler of candles, by codes, unit and options. */
export type CandleHandlerChannel = <
  U extends CandleUnit,
  G extends boolean = false,
  B extends Backfill = never,
>(
  codes: Codes,
  unit: U,
  handler: Handler<CandleEvent<U> | BackfillOf<B, RestCandleEvent<U>> | GapsOf<G>>,
  options?: ConsumerOptions & WithGaps<G> & WithBackfill<B>,
) => UpbitSubscription

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
