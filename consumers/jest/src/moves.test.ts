import { TestScheduler } from 'rxjs/testing'
import { Observable } from 'rxjs'
import { configureUpbit, ticker$ } from 'upbit-rx'
import { aTicker, createVirtualExchange, resetShared } from 'upbit-rx/testing'
import { moves$ } from '../support/moves'

afterEach(() => resetShared())

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

it('has one rxjs', () => {
  expect(ticker$('KRW-BTC')).toBeInstanceOf(Observable)
})
