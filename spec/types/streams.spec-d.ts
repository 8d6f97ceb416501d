/** What the compiler knows of a stream: rxjs's own functions infer its events, and `pipe` may end in an iterable. */
import { combineLatest, filter, firstValueFrom, from, map, merge, switchMap, take, toArray } from 'rxjs'
import { expectTypeOf } from 'expect-type'
import type { CandleEvent, GapEvent, OrderbookEvent, TickerEvent, TradeEvent } from 'upbit-rx'
import { candle$, orderbook$, ticker$, toAsyncIterable, trade$ } from 'upbit-rx'

export async function inference(): Promise<void> {
  expectTypeOf(await firstValueFrom(orderbook$('KRW-BTC'))).toEqualTypeOf<OrderbookEvent>()
  expectTypeOf(await firstValueFrom(candle$('KRW-BTC', '1m'))).toEqualTypeOf<CandleEvent<'1m'>>()
  expectTypeOf(
    await firstValueFrom(ticker$('KRW-BTC').pipe(map((t) => t.trade_price))),
  ).toEqualTypeOf<number>()
  expectTypeOf(await firstValueFrom(ticker$('KRW-BTC').pipe(take(3), toArray()))).toEqualTypeOf<
    TickerEvent[]
  >()
  const codes$ = ticker$('KRW-BTC').pipe(
    filter((t) => t.trade_price > 1),
    switchMap(({ code }) => from([code])),
  )
  expectTypeOf(await firstValueFrom(codes$)).toEqualTypeOf<string>()
  const merged$ = merge(ticker$('KRW-BTC'), trade$('KRW-BTC'))
  expectTypeOf(await firstValueFrom(merged$)).toEqualTypeOf<TickerEvent | TradeEvent>()
  const both$ = combineLatest({ ticker: ticker$('KRW-BTC'), trade: trade$('KRW-BTC') })
  expectTypeOf(await firstValueFrom(both$)).toEqualTypeOf<{ ticker: TickerEvent; trade: TradeEvent }>()
}

export async function iteration(): Promise<void> {
  for await (const trade of trade$('KRW-BTC').pipe(toAsyncIterable({ capacity: 3 }))) {
    expectTypeOf(trade).toEqualTypeOf<TradeEvent>()
  }
  const large$ = trade$('KRW-BTC').pipe(filter((trade) => trade.trade_volume > 1))
  for await (const trade of toAsyncIterable<TradeEvent>()(large$))
    expectTypeOf(trade).toEqualTypeOf<TradeEvent>()
}

export async function gapsInBand(): Promise<void> {
  const withGaps = await firstValueFrom(trade$('KRW-BTC', { gaps: true }))
  expectTypeOf(withGaps).toEqualTypeOf<TradeEvent | GapEvent>()
}
