import { Observable } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { configureUpbit, ticker$ } from 'upbit-rx'
import { aTicker, createVirtualExchange, resetShared } from 'upbit-rx/testing'
import { afterEach, expect, it, vi } from 'vitest'
import { moves$ } from '../support/moves'

afterEach(async () => {
  vi.useRealTimers()
  await resetShared()
})

it('tells a move of one per cent, a minute of the market in no time', () => {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run((marbles) => {
    const exchange = createVirtualExchange()
    configureUpbit(exchange.sharedOptions)
    const prices = { a: 100, b: 100.5, c: 101.5 }
    marbles
      .cold('1s a 20s b 30s c', prices)
      .subscribe((trade_price) => exchange.emit(aTicker({ code: 'KRW-BTC', trade_price })))
    marbles.expectObservable(moves$('KRW-BTC', 1), '^ 60s !').toBe('1s a 50001ms c', prices)
  })
})

it('is moved by fake timers too', async () => {
  vi.useFakeTimers()
  const exchange = createVirtualExchange()
  configureUpbit(exchange.sharedOptions)
  const seen: number[] = []
  const subscription = moves$('KRW-BTC', 1).subscribe((price) => seen.push(price))
  await vi.advanceTimersByTimeAsync(1_000)
  exchange.emit(aTicker({ code: 'KRW-BTC', trade_price: 100 }))
  exchange.cut()
  await vi.advanceTimersByTimeAsync(60_000)
  exchange.emit(aTicker({ code: 'KRW-BTC', trade_price: 102 }))
  expect(seen).toEqual([100, 102])
  expect(exchange.dials).toHaveLength(2)
  subscription.unsubscribe()
})

it('has one rxjs', () => {
  expect(ticker$('KRW-BTC')).toBeInstanceOf(Observable)
})
