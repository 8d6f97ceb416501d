/**
 * rxjs is the user's: here the oldest that the package allows. That only one is installed is what `npm run consumers`
 * asks of every consumer; here the streams are instances of it, and its scheduler moves the library's time.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as esmRxjs from 'rxjs'
import * as esmTesting from 'rxjs/testing'
import * as esm from 'upbit-rx'
import * as esmKit from 'upbit-rx/testing'

const require = createRequire(import.meta.url)
const builds = [
  ['ES modules', esmRxjs, esmTesting, esm, esmKit],
  ['CommonJS', require('rxjs'), require('rxjs/testing'), require('upbit-rx'), require('upbit-rx/testing')],
]

test('the oldest rxjs that the package allows is the one installed', () => {
  const { peerDependencies } = require('upbit-rx/package.json')
  const { version } = JSON.parse(readFileSync('node_modules/rxjs/package.json', 'utf8'))
  assert.equal(peerDependencies.rxjs, `^${version}`)
})

for (const [name, { Observable, map }, { TestScheduler }, { createUpbit, ticker$ }, kit] of builds) {
  test(`${name}: streams are instances of the user's Observable`, () => {
    assert.ok(ticker$('KRW-BTC') instanceof Observable)
    assert.ok(ticker$('KRW-BTC').pipe(map(({ code }) => code)) instanceof Observable)
  })

  test(`${name}: the user's TestScheduler moves the library's time`, () => {
    const startMs = performance.now()
    const scheduler = new TestScheduler((actual, expected) => assert.deepEqual(actual, expected))
    scheduler.run(({ cold, expectObservable }) => {
      const exchange = kit.createVirtualExchange()
      const upbit = createUpbit(exchange.options)
      const emit = (price) => exchange.emit(kit.aTicker({ code: 'KRW-BTC', trade_price: price }))
      cold('1s a 9s b 50s c').subscribe((step) => {
        if (step === 'b') exchange.cut()
        else emit(step === 'a' ? 100 : 300)
      })
      const price$ = upbit.ticker$('KRW-BTC').pipe(map(({ trade_price, epoch }) => [trade_price, epoch]))
      // The redial after the cut is the library's own timer: what comes later has a higher epoch.
      expectObservable(price$, '^ 120s !').toBe('1s a 59001ms b', { a: [100, 1], b: [300, 2] })
    })
    assert.ok(performance.now() - startMs < 10_000, 'two minutes of virtual time took real time')
  })
}
