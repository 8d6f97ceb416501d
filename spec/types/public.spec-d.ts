/** C2.1, C2.3, C2.5 and C4.7 as types: what the calls take and give, and what a program is kept from writing. */
import type { Observable } from 'rxjs'
import { asapScheduler, of, Subject } from 'rxjs'
import { expectTypeOf } from 'expect-type'
import type {
  Accounting,
  BufferOptions,
  CandleEvent,
  CandleUnit,
  Channels,
  ConnectionStatus,
  ConsumeOptions,
  ConsumerAccount,
  ConsumerOptions,
  GapEvent,
  Handler,
  Logger,
  MarketCode,
  OrderbookEvent,
  OrderbookOptions,
  PromiseOptions,
  ProxyOptions,
  PublicEvent,
  RestCandleEvent,
  RestOrderbookEvent,
  RestTickerEvent,
  RestTradeEvent,
  Snapshots,
  Tally,
  TickerEvent,
  TradeEvent,
  Upbit,
  UpbitCredentials,
  UpbitErrorCode,
  UpbitEvent,
  UpbitOptions,
  UpbitStream,
  UpbitSubscription,
} from 'upbit-rx'
import {
  candle$,
  candleUnits,
  configureUpbit,
  consume,
  createUpbit,
  errorCodes,
  GlobalWebSocketManager,
  isMarketCode,
  orderbook$,
  subscribeCandle,
  subscribeOrderbook,
  subscribeTicker,
  subscribeTrade,
  ticker$,
  toAsyncIterable,
  trade$,
  UpbitError,
  WebSocketClientProxy,
  wireFormats,
} from 'upbit-rx'

// C2.1 streams: each of its own event, with gaps only when asked for.
expectTypeOf(ticker$('KRW-BTC')).toEqualTypeOf<UpbitStream<TickerEvent>>()
expectTypeOf(trade$(['KRW-BTC', 'KRW-ETH'] as const)).toEqualTypeOf<UpbitStream<TradeEvent>>()
expectTypeOf(orderbook$('KRW-BTC', { units: 5, level: 10_000 })).toEqualTypeOf<UpbitStream<OrderbookEvent>>()
expectTypeOf(candle$('KRW-BTC', '1m')).toEqualTypeOf<UpbitStream<CandleEvent<'1m'>>>()
expectTypeOf(ticker$('KRW-BTC', { gaps: true })).toEqualTypeOf<UpbitStream<TickerEvent | GapEvent>>()
expectTypeOf(ticker$('KRW-BTC', { gaps: false })).toEqualTypeOf<UpbitStream<TickerEvent>>()
expectTypeOf(candle$('KRW-BTC', '1s', { gaps: true })).toEqualTypeOf<
  UpbitStream<CandleEvent<'1s'> | GapEvent>
>()
expectTypeOf<UpbitStream<TickerEvent>>().toExtend<Observable<TickerEvent>>()
declare const anyUnit: CandleUnit
expectTypeOf(candle$('KRW-BTC', anyUnit)).toEqualTypeOf<UpbitStream<CandleEvent<CandleUnit>>>()

// C2.1 handlers: the same events, a subscription that is disposable.
expectTypeOf(subscribeTicker('KRW-BTC', ({ trade_price }) => trade_price)).toEqualTypeOf<UpbitSubscription>()
expectTypeOf<UpbitSubscription>().toExtend<Disposable>()
expectTypeOf<UpbitSubscription['tally']>().toEqualTypeOf<Tally>()
subscribeTrade('KRW-BTC', async (trade) => {
  expectTypeOf(trade).toEqualTypeOf<TradeEvent>()
  await Promise.resolve()
})
subscribeTrade('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<TradeEvent | GapEvent>(), {
  gaps: true,
})
subscribeOrderbook('KRW-BTC', (book) => expectTypeOf(book).toEqualTypeOf<OrderbookEvent>(), { units: 1 })
subscribeCandle('KRW-BTC', '240m', (candle) => expectTypeOf(candle.type).toEqualTypeOf<'candle.240m'>())

// C2.1 a client has all of them.
const upbit = createUpbit({ url: 'ws://127.0.0.1:9000', isolated: true })
expectTypeOf(upbit).toEqualTypeOf<Upbit>()
expectTypeOf<Upbit>().toExtend<Channels>()
expectTypeOf(upbit.status$).toEqualTypeOf<Observable<ConnectionStatus>>()
expectTypeOf(upbit.errors$).toEqualTypeOf<Observable<UpbitError>>()
expectTypeOf(upbit.gaps$).toEqualTypeOf<Observable<GapEvent>>()
expectTypeOf(upbit.accounting()).toEqualTypeOf<Accounting>()
expectTypeOf(upbit.consumers()).toEqualTypeOf<readonly ConsumerAccount[]>()
expectTypeOf(upbit.shutdown).parameters.toEqualTypeOf<[options?: PromiseOptions]>()
expectTypeOf(GlobalWebSocketManager.shared().shutdown({ timeoutMs: 1 })).toEqualTypeOf<Promise<void>>()

// C2.1 consume infers its value.
consume(of(1, 2), (value) => expectTypeOf(value).toEqualTypeOf<number>(), {
  buffer: { overflow: 'coalesce', keyOf: (value) => value.toFixed() },
})
expectTypeOf<ConsumeOptions<number>>().toHaveProperty('signal')

// @ts-expect-error the key function takes the stream's values
consume(of(1), () => undefined, { buffer: { overflow: 'coalesce', keyOf: (value: string) => value } })

// C2.2 what cannot be right does not compile.
// @ts-expect-error no such unit
void candle$('KRW-BTC', '2m')
// @ts-expect-error a ticker has no depth
void ticker$('KRW-BTC', { units: 5 })
// @ts-expect-error no such option
void ticker$('KRW-BTC', { nmae: 'chart' })
// @ts-expect-error no such policy
void trade$('KRW-BTC', { buffer: { overflow: 'block' } })
// @ts-expect-error no such region
configureUpbit({ region: 'jp' })
// @ts-expect-error a handler is a function
subscribeTicker('KRW-BTC', { next: () => undefined })

// C2.2 a checked code is a string that a plain string is not.
declare const typed: string
expectTypeOf<MarketCode>().toExtend<string>()
expectTypeOf<string>().not.toExtend<MarketCode>()
if (isMarketCode(typed)) expectTypeOf(typed).toEqualTypeOf<MarketCode>()

// C2.3 options of a consumer.
const options: Required<Omit<ConsumerOptions, 'signal'>> = {
  name: 'chart',
  only: 'realtime',
  buffer: { capacity: 1, overflow: 'drop-newest', maxAgeMs: 1000 },
  deliver: new Subject<void>(),
  gaps: false,
  keepAlive: true,
}
expectTypeOf<OrderbookOptions>().toExtend<ConsumerOptions>()
expectTypeOf<BufferOptions['overflow']>().toEqualTypeOf<
  'drop-oldest' | 'drop-newest' | 'coalesce' | 'error' | undefined
>()
void ticker$('KRW-BTC', { ...options, deliver: asapScheduler })
void ticker$('KRW-BTC', { ...options, deliver: 'task' })

// C2.5 events are told apart by `type`, and cannot be changed.
declare const event: UpbitEvent
expectTypeOf<PublicEvent | GapEvent>().toEqualTypeOf<UpbitEvent>()
if (event.type === 'ticker') expectTypeOf(event).toEqualTypeOf<TickerEvent>()
else if (event.type === 'trade') expectTypeOf(event.sequential_id).toEqualTypeOf<string>()
else if (event.type === 'orderbook') expectTypeOf(event).toEqualTypeOf<OrderbookEvent>()
else if (event.type === 'gap') expectTypeOf(event.phase).toEqualTypeOf<'opened' | 'closed' | 'abandoned'>()
else expectTypeOf(event).toEqualTypeOf<CandleEvent>()

declare const ticker: TickerEvent
// @ts-expect-error events are shared between consumers
ticker.trade_price = 1
// @ts-expect-error so are books
orderbook$('KRW-BTC').subscribe((book) => (book.orderbook_units[0] = undefined))

// C2.5 a field that is optional on the wire is optional in the type.
expectTypeOf<TradeEvent['best_ask_price']>().toEqualTypeOf<number | undefined>()
expectTypeOf<OrderbookEvent['level']>().toEqualTypeOf<number | undefined>()

// C2.5 errors, status and the rest.
expectTypeOf(errorCodes).toExtend<readonly UpbitErrorCode[]>()
expectTypeOf(new UpbitError('TIMEOUT', 'late').code).toEqualTypeOf<UpbitErrorCode>()
declare const status: ConnectionStatus
if (status.state === 'waiting') expectTypeOf(status.retryAtMs).toEqualTypeOf<number>()
if (status.state === 'live') expectTypeOf(status.epoch).toEqualTypeOf<number>()
expectTypeOf<Handler<TickerEvent>>().toEqualTypeOf<(event: TickerEvent) => unknown>()
expectTypeOf(candleUnits).toExtend<readonly CandleUnit[]>()
expectTypeOf(wireFormats[0]).toEqualTypeOf<'DEFAULT'>()
expectTypeOf<UpbitOptions['logger']>().toEqualTypeOf<Logger | false | undefined>()
declare const pino: { warn(details: object, message?: string, ...more: unknown[]): void }
configureUpbit({ logger: pino })

// C2.4 a loop over a stream, behind up to two operators.
export async function loops(): Promise<void> {
  for await (const trade of trade$('KRW-BTC').pipe(toAsyncIterable())) {
    expectTypeOf(trade).toEqualTypeOf<TradeEvent>()
  }
}

// C2.1 a proxy has what a client has, and ends with a block.
export async function proxies(upbit: Upbit): Promise<void> {
  await using proxy = new WebSocketClientProxy('chart_1', { upbit, keepAlive: true })
  expectTypeOf(proxy).toExtend<Channels & Snapshots & Disposable & AsyncDisposable>()
  expectTypeOf(proxy.ticker$('KRW-BTC', { gaps: true })).toEqualTypeOf<UpbitStream<TickerEvent | GapEvent>>()
  expectTypeOf(
    proxy.subscribeTicker('KRW-BTC', () => {}, { keepAlive: true }),
  ).toEqualTypeOf<UpbitSubscription>()
  expectTypeOf(proxy.accounting()).toEqualTypeOf<Tally>()
  expectTypeOf(proxy.consumers()).toEqualTypeOf<readonly ConsumerAccount[]>()
  expectTypeOf(new WebSocketClientProxy('chart_1').isPrivateAvailable()).toEqualTypeOf<boolean>()

  // C2.1 one code gives one event, a list gives a list.
  for (const each of [upbit, proxy]) {
    expectTypeOf(await each.getTickerSnapshot('KRW-BTC')).toEqualTypeOf<TickerEvent | RestTickerEvent>()
    expectTypeOf(await each.getTradeSnapshot(['KRW-BTC'], { timeoutMs: 1 })).toEqualTypeOf<
      readonly (TradeEvent | RestTradeEvent)[]
    >()
    expectTypeOf(await each.getOrderbookSnapshot('KRW-BTC', { units: 1 })).toEqualTypeOf<
      OrderbookEvent | RestOrderbookEvent
    >()
    expectTypeOf(await each.getCandleSnapshot('KRW-BTC', '1m')).toEqualTypeOf<
      CandleEvent<'1m'> | RestCandleEvent<'1m'>
    >()
    // C3.1 what was fetched is told apart by its source, and has no field that REST does not tell.
    const ticker = await each.getTickerSnapshot('KRW-BTC')
    if (ticker.source === 'rest') expectTypeOf(ticker).toEqualTypeOf<RestTickerEvent>()
    else expectTypeOf(ticker.market_state).toExtend<string>()
    // @ts-expect-error of both only what REST has too
    expectTypeOf(ticker.market_state).toBeUnknown()
  }
}
expectTypeOf<ProxyOptions['upbit']>().toEqualTypeOf<Upbit | undefined>()
// @ts-expect-error a proxy has a name
new WebSocketClientProxy()
// @ts-expect-error only books have units
void new WebSocketClientProxy('chart_1').getTickerSnapshot('KRW-BTC', { units: 1 })
// @ts-expect-error two keys or a provider
export const half: UpbitCredentials = { accessKey: 'a' }

expectTypeOf(trade$('KRW-BTC', { backfill: 'ordered' })).toEqualTypeOf<
  UpbitStream<TradeEvent | RestTradeEvent>
>()
expectTypeOf(trade$('KRW-BTC', { backfill: 'late', gaps: true })).toEqualTypeOf<
  UpbitStream<TradeEvent | RestTradeEvent | GapEvent>
>()
expectTypeOf(candle$('KRW-BTC', '1s', { backfill: 'ordered' })).toEqualTypeOf<
  UpbitStream<CandleEvent<'1s'> | RestCandleEvent<'1s'>>
>()
// @ts-expect-error a ticker is a state: what was missed of it is of no use
void ticker$('KRW-BTC', { backfill: 'late' })
subscribeTrade('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<TradeEvent | RestTradeEvent>(), {
  backfill: 'ordered',
})
