import { take, VirtualTimeScheduler } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { configureUpbit, createUpbit, ticker$ } from '../../src/index'
import { aTicker, createVirtualExchange, resetShared, virtualStartMs } from '../../src/testing'
import { runVirtually, subscribeTo, VirtualClient } from './support/virtual-client'

const subscribe = subscribeTo('ticker', ['KRW-BTC'], 'SIMPLE')

describe('createVirtualExchange', () => {
  it('C14.2 serves what a test emits to whoever is subscribed, in the format of the connection', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(10, () => one.send(subscribe))
      at(20, () => expect(exchange.emit(aTicker({ trade_price: 7 }))).toBe(1))
      at(21, () => expect(one.json).toMatchObject([{ ty: 'ticker', tp: 7, st: 'REALTIME' }]))
      at(22, () => expect(one.notes[0]?.atMs).toBe(virtualStartMs + 20))
    })
  })

  it('C14.2 serves the shared instance too', async () => {
    const prices: number[] = []
    const scheduler = new TestScheduler(() => {})
    scheduler.run(() => {
      const exchange = createVirtualExchange()
      configureUpbit(exchange.sharedOptions)
      ticker$('KRW-BTC')
        .pipe(take(1))
        .subscribe(({ trade_price }) => prices.push(trade_price))
      scheduler.schedule(() => exchange.emit(aTicker({ trade_price: 7 })), 100)
    })
    await resetShared()
    expect(prices).toEqual([7])
  })

  it('C14.2 stops its timers when no client is left, so that run() ends', () => {
    const scheduler = new TestScheduler(() => {})
    scheduler.run(() => {
      const one = new VirtualClient(createVirtualExchange(undefined, { market: true }))
      scheduler.schedule(() => one.send('PING'), 1)
      scheduler.schedule(() => one.send(subscribe), 2)
      scheduler.schedule(() => one.leave(), 25_000)
    })
    expect(scheduler.now()).toBe(25_000)
  })

  it('C14.2 follows fake timers without a scheduler', () => {
    jest.useFakeTimers({ now: Date.UTC(2027, 0, 1) })
    try {
      const exchange = createVirtualExchange()
      const one = new VirtualClient(exchange)
      jest.advanceTimersByTime(1)
      one.send('PING')
      jest.advanceTimersByTime(10_000)
      expect(one.frames).toEqual(['{"status":"UP"}'])
      expect(exchange.received[0]?.atMs).toBe(Date.UTC(2027, 0, 1) + 1)
      one.leave()
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })

  it('has no market and no snapshots but those that a test sets, unless told otherwise', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      exchange.snapshot(aTicker({ code: 'KRW-ETH', trade_price: 5 }))
      at(1, () => one.send(subscribeTo('ticker', ['KRW-BTC', 'KRW-ETH'])))
      at(999, () => {
        expect(one.json).toMatchObject([{ code: 'KRW-ETH', trade_price: 5, stream_type: 'SNAPSHOT' }])
        exchange.pauseMarket()
        exchange.resumeMarket()
      })
    })
  })

  it('gives a client all that it needs to use this exchange and no other', () => {
    const { options } = createVirtualExchange(new TestScheduler(() => {}), { seed: 5 })
    expect(options).toMatchObject({ url: 'ws://exchange.invalid', isolated: true })
    const again = createVirtualExchange(new TestScheduler(() => {}), { seed: 5 }).options
    expect(again.environment.newId()).toBe(options.environment.newId())
  })

  it('drops its clients when it is closed, by `await using` too', async () => {
    const exchange = createVirtualExchange()
    const one = new VirtualClient(exchange)
    await exchange.until(() => exchange.connections === 1)
    await exchange.close()
    expect(one.failure).toMatchObject({ closeCode: 1006 })

    const clients: VirtualClient[] = []
    {
      await using closing = createVirtualExchange()
      clients.push(new VirtualClient(closing))
      await closing.until(() => closing.connections === 1)
      await closing.idle()
    }
    expect(clients[0]?.failure).toMatchObject({ closeCode: 1006 })
  })

  it.each<[string, () => unknown, string]>([
    ['an option', () => createVirtualExchange(undefined, { markt: true } as object), 'markt'],
    [
      'a switch',
      () => createVirtualExchange(undefined, { switches: { numbrs: 1 } as object }),
      'switches.numbrs',
    ],
    [
      'a limit',
      () => createVirtualExchange(undefined, { limits: { perSecond: 1 } as object }),
      'limits.perSecond',
    ],
    ['options as the scheduler', () => createVirtualExchange({ market: true } as never), 'scheduler'],
    ['no scheduler', () => createVirtualExchange(null as never), 'scheduler'],
  ])('C2.2 refuses a wrong name: %s', (_, make, option) => {
    expect(make).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error)
  })

  describe('ends a test whose client never leaves', () => {
    it.each([true, false])('with the scheduler given: %s', (isGiven) => {
      const scheduler = new TestScheduler(() => {})
      expect(() =>
        scheduler.run((marbles) => {
          const exchange = createVirtualExchange(isGiven ? scheduler : undefined, { longestMs: 60_000 })
          marbles.expectObservable(createUpbit({ ...exchange.options, logger: false }).ticker$('KRW-BTC'))
        }),
      ).toThrow(/on the virtual exchange for 60000 ms of its time.*!/)
    })

    it('and no other one', () => {
      const scheduler = new VirtualTimeScheduler()
      const exchange = createVirtualExchange(scheduler, { longestMs: 60_000 })
      const upbit = createUpbit({ ...exchange.options, logger: false })
      for (const atMs of [0, 100_000]) {
        scheduler.schedule(() => {
          const subscription = upbit.ticker$('KRW-BTC').subscribe()
          scheduler.schedule(() => subscription.unsubscribe(), 50_000)
        }, atMs)
      }
      scheduler.flush()
      expect(exchange.dials).toHaveLength(2)
      expect(scheduler.frame).toBeLessThan(160_000)
    })
  })
})
