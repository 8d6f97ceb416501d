/**
 * C2.3, C7: what a stream may emit follows from what its options *may* say, wherever they come from: a literal, a
 * variable, a flag, a choice. A type that leaves out what can come would be a lie that fails at run time.
 */
import { expectTypeOf } from 'expect-type'
import type {
  Backfill,
  BackfillOptions,
  CandleEvent,
  ConsumerOptions,
  GapEvent,
  OrderbookEvent,
  OrderbookOptions,
  RestCandleEvent,
  RestTradeEvent,
  TickerEvent,
  TradeEvent,
  UpbitStream,
  WithGaps,
} from 'upbit-rx'
import {
  candle$,
  createUpbit,
  orderbook$,
  subscribeCandle,
  subscribeOrderbook,
  subscribeTicker,
  subscribeTrade,
  ticker$,
  trade$,
  WebSocketClientProxy,
} from 'upbit-rx'

type AnyTrade = TradeEvent | RestTradeEvent | GapEvent
type AnyCandle = CandleEvent<'1m'> | RestCandleEvent<'1m'> | GapEvent

declare const flag: boolean
declare const mode: Backfill | undefined
declare const anyOptions: ConsumerOptions
declare const anyDepth: OrderbookOptions
declare const anyBackfill: BackfillOptions
declare const maybe: BackfillOptions | undefined
const literal: BackfillOptions = { backfill: 'ordered', gaps: true }
const plain = { name: 'chart' }
const fixed = { gaps: true, backfill: 'late' } as const
const loose = { gaps: true }
const none = { gaps: false } as const
declare const withoutGaps: ConsumerOptions & WithGaps<false>

// Options in a variable may say anything that their type allows.
expectTypeOf(trade$('KRW-BTC', literal)).toEqualTypeOf<UpbitStream<AnyTrade>>()
expectTypeOf(trade$('KRW-BTC', anyBackfill)).toEqualTypeOf<UpbitStream<AnyTrade>>()
expectTypeOf(trade$('KRW-BTC', maybe)).toEqualTypeOf<UpbitStream<AnyTrade>>()
expectTypeOf(candle$('KRW-BTC', '1m', anyBackfill)).toEqualTypeOf<UpbitStream<AnyCandle>>()
expectTypeOf(ticker$('KRW-BTC', anyOptions)).toEqualTypeOf<UpbitStream<TickerEvent | GapEvent>>()
expectTypeOf(trade$('KRW-BTC', anyOptions)).toEqualTypeOf<UpbitStream<TradeEvent | GapEvent>>()
expectTypeOf(orderbook$('KRW-BTC', anyDepth)).toEqualTypeOf<UpbitStream<OrderbookEvent | GapEvent>>()
expectTypeOf(ticker$('KRW-BTC', plain)).toEqualTypeOf<UpbitStream<TickerEvent>>()
expectTypeOf(trade$('KRW-BTC', fixed)).toEqualTypeOf<UpbitStream<AnyTrade>>()
expectTypeOf(ticker$('KRW-BTC', loose)).toEqualTypeOf<UpbitStream<TickerEvent | GapEvent>>()
expectTypeOf(ticker$('KRW-BTC', none)).toEqualTypeOf<UpbitStream<TickerEvent>>()
expectTypeOf(ticker$('KRW-BTC', withoutGaps)).toEqualTypeOf<UpbitStream<TickerEvent>>()
expectTypeOf(ticker$('KRW-BTC', undefined)).toEqualTypeOf<UpbitStream<TickerEvent>>()

// So may a flag, and a choice between options.
expectTypeOf(ticker$('KRW-BTC', { gaps: flag })).toEqualTypeOf<UpbitStream<TickerEvent | GapEvent>>()
expectTypeOf(trade$('KRW-BTC', mode === undefined ? {} : { backfill: mode })).toEqualTypeOf<
  UpbitStream<TradeEvent | RestTradeEvent>
>()
expectTypeOf(candle$('KRW-BTC', '1m', mode === undefined ? {} : { backfill: mode })).toEqualTypeOf<
  UpbitStream<CandleEvent<'1m'> | RestCandleEvent<'1m'>>
>()
const chosen = mode ? { backfill: mode } : {}
expectTypeOf(trade$('KRW-BTC', chosen)).toEqualTypeOf<UpbitStream<TradeEvent | RestTradeEvent>>()
expectTypeOf(
  trade$('KRW-BTC', { ...(flag ? { gaps: true } : {}), ...(mode ? { backfill: mode } : {}), name: 'x' }),
).toEqualTypeOf<UpbitStream<AnyTrade>>()
expectTypeOf(trade$('KRW-BTC', flag ? { gaps: true } : { backfill: 'late' })).toEqualTypeOf<
  UpbitStream<AnyTrade>
>()

// A handler is told the same, whether its parameter's type is inferred or written.
subscribeTrade('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<AnyTrade>(), literal)
subscribeTrade('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<TradeEvent>(), { gaps: false })
subscribeTrade('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<TradeEvent | RestTradeEvent>(), {
  ...(mode === undefined ? {} : { backfill: mode }),
})
subscribeTicker('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<TickerEvent | GapEvent>(), anyOptions)
subscribeTicker('KRW-BTC', (event) => expectTypeOf(event).toEqualTypeOf<TickerEvent | GapEvent>(), {
  gaps: flag,
})
subscribeOrderbook(
  'KRW-BTC',
  (event) => expectTypeOf(event).toEqualTypeOf<OrderbookEvent | GapEvent>(),
  anyDepth,
)
subscribeCandle('KRW-BTC', '1m', (event) => expectTypeOf(event).toEqualTypeOf<AnyCandle>(), anyBackfill)
subscribeCandle(
  'KRW-BTC',
  '1m',
  (event) => expectTypeOf(event).toEqualTypeOf<CandleEvent<'1m'> | GapEvent>(),
  {
    gaps: true,
  },
)
declare function ofTrade(trade: TradeEvent): void
declare function ofAny(event: AnyTrade): void
subscribeTrade('KRW-BTC', ofTrade)
subscribeTrade('KRW-BTC', ofTrade, { name: 'book-keeper' })
subscribeTrade('KRW-BTC', ofAny, { gaps: true })
// @ts-expect-error a gap is no trade
subscribeTrade('KRW-BTC', ofTrade, { gaps: true })
// @ts-expect-error what is fetched has no `timestamp`
subscribeTrade('KRW-BTC', (x) => x.timestamp, literal)
// @ts-expect-error nor may it be taken for a trade of the wire
subscribeTrade('KRW-BTC', ofTrade, anyBackfill)

// A client and a proxy have the same channels.
const upbit = createUpbit()
expectTypeOf(upbit.trade$('KRW-BTC', literal)).toEqualTypeOf<UpbitStream<AnyTrade>>()
expectTypeOf(new WebSocketClientProxy('chart_1').trade$('KRW-BTC', literal)).toEqualTypeOf<
  UpbitStream<AnyTrade>
>()

// In code that is generic itself, nothing is known of the options but their bound.
export function generic<O extends BackfillOptions>(options: O): void {
  expectTypeOf(trade$('KRW-BTC', options)).toEqualTypeOf<UpbitStream<AnyTrade>>()
}

// What no option is, is none beside others either.
// @ts-expect-error no such option
void ticker$('KRW-BTC', { name: 'chart', gpas: true })
// @ts-expect-error a ticker is a state: what was missed of it is of no use
void ticker$('KRW-BTC', { gaps: true, backfill: 'late' })
// @ts-expect-error no such mode
void trade$('KRW-BTC', { backfill: 'never' })
// @ts-expect-error it is yes or no
void trade$('KRW-BTC', { gaps: 'yes' })
// @ts-expect-error no such option
subscribeTrade('KRW-BTC', () => undefined, { name: 'chart', gpas: true })
