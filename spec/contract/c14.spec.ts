/** C14: determinism and the test kit, seen from outside; the rule of C14.1 itself is a lint rule. */
import { bufferCount, map, take } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { createUpbit, ticker$, configureUpbit } from '../../src/index'
import type { UpbitEvent } from '../../src/index'
import { aTicker, aTrade, createVirtualExchange, resetShared, startExchange } from '../../src/testing'

afterEach(() => resetShared())

/** What a client of the seeded market sees and sends in ten seconds with a cut. */
function run(seed: number): string {
  const scheduler = new TestScheduler(() => {})
  const seen: unknown[] = []
  scheduler.run(() => {
    const exchange = createVirtualExchange(scheduler, { market: true, markets: 5, rate: 10, seed })
    const upbit = createUpbit({ ...exchange.options, logger: false })
    const note = (event: UpbitEvent): number => seen.push(event)
    const subscriptions = [
      upbit.ticker$(['KRW-BTC', 'KRW-ETH'], { gaps: true }).subscribe(note),
      upbit.trade$('KRW-BTC', { gaps: true }).subscribe(note),
      upbit.status$.subscribe((status) => seen.push(status)),
    ]
    scheduler.schedule(() => exchange.cut(), 4000)
    scheduler.schedule(() => {
      for (const subscription of subscriptions) subscription.unsubscribe()
      seen.push(exchange.received, exchange.dials, upbit.accounting())
    }, 10_000)
  })
  return JSON.stringify(seen)
}

describe('C14.1', () => {
  it('C14.1 the same seed gives the same bytes, another one others', () => {
    const [first, second, other] = [run(1), run(1), run(2)]
    expect(first.length).toBeGreaterThan(10_000)
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })
})

describe('C14.2', () => {
  it('C14.2 marbles: a client of an exchange in memory under TestScheduler.run, which ends', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
    scheduler.run(({ cold, expectObservable }) => {
      const exchange = createVirtualExchange(scheduler)
      const upbit = createUpbit(exchange.options)
      cold('1s a 1s b').subscribe((price) => exchange.emit(aTicker({ trade_price: price === 'a' ? 1 : 2 })))
      const prices$ = upbit.ticker$('KRW-BTC').pipe(map(({ trade_price }) => trade_price))
      expectObservable(prices$, '^ 5s !').toBe('1s a 1s b', { a: 1, b: 2 })
    })
  })

  it('C14.2 the shared instance too, by configureUpbit and resetShared', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
    scheduler.run(({ cold, expectObservable }) => {
      const exchange = createVirtualExchange(scheduler)
      const { url, openSocket, environment } = exchange.options
      configureUpbit({ url, openSocket, environment })
      cold('1s a').subscribe(() => exchange.emit(aTicker()))
      expectObservable(
        ticker$('KRW-BTC').pipe(
          map(({ type }) => type),
          take(1),
        ),
      ).toBe('1s (a|)', { a: 'ticker' })
    })
  })

  it('C14.2 fake timers move a client of an exchange in memory', () => {
    jest.useFakeTimers()
    try {
      const exchange = createVirtualExchange()
      const upbit = createUpbit({ ...exchange.options, logger: false })
      const seen: number[] = []
      const stream = upbit
        .trade$('KRW-BTC')
        .pipe(bufferCount(2))
        .subscribe((pair) => seen.push(pair.length))
      jest.advanceTimersByTime(1000)
      expect(exchange.subscribed('trade', 'KRW-BTC')).toBe(true)
      exchange.emit(['1', '2'].map((sequential_id) => aTrade({ sequential_id })))
      expect(seen).toEqual([2])
      stream.unsubscribe()
      jest.advanceTimersByTime(10_000)
      expect(exchange.connections).toBe(0)
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })

  it('C14.2 the same client over a real socket, with emit, received, subscribed, cut and idle', async () => {
    await using exchange = await startExchange({ market: false })
    const upbit = createUpbit({ url: exchange.url, logger: false })
    const epochs: number[] = []
    const second = new Promise<void>((resolve) => {
      upbit.ticker$('KRW-BTC').subscribe(({ epoch }) => {
        epochs.push(epoch)
        if (epoch === 2) resolve()
      })
    })
    await exchange.until(() => exchange.subscribed('ticker', 'KRW-BTC'))
    exchange.emit(aTicker())
    await exchange.idle()
    exchange.cut()
    await exchange.until(() => exchange.received.length === 2 && exchange.subscribed('ticker', 'KRW-BTC'))
    exchange.emit(aTicker())
    await second
    expect(epochs).toEqual([1, 2])
    await upbit.shutdown()
  })
})
