/** A marble test of your own stream: the exchange lives in virtual time, so seconds of it take no time at all. */
import { deepStrictEqual } from 'node:assert'
import { map } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { createUpbit } from 'upbit-rx'
import { aTicker, createVirtualExchange } from 'upbit-rx/testing'

const scheduler = new TestScheduler((actual, expected) => deepStrictEqual(actual, expected))

scheduler.run((marbles) => {
  const exchange = createVirtualExchange(scheduler)
  const upbit = createUpbit({ ...exchange.options, logger: false })
  const price$ = upbit
    .ticker$('KRW-BTC')
    .pipe(map(({ trade_price, epoch }) => `${trade_price} in epoch ${epoch}`))

  marbles.cold('500ms a 499ms b 2s c').subscribe((step) => {
    if (step === 'b') exchange.cut()
    else exchange.emit(aTicker({ code: 'KRW-BTC', trade_price: step === 'a' ? 100 : 101 }))
  })
  marbles
    .expectObservable(price$, '^ 5s !')
    .toBe('500ms a 2500ms c', { a: '100 in epoch 1', c: '101 in epoch 2' })
})
console.log('the price survived a cut, in virtual time')
