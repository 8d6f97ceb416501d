/** C4: what a stream promises, seen from outside. */
import type { Observable } from 'rxjs'
import { config, retry, take } from 'rxjs'
import type { TickerEvent, Upbit } from '../../src/index'
import type { ExchangeEvent } from '../../src/testing'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { ManualWork } from '../operators/support'
import { record } from '../support/recorder'
import { world } from '../support/world'

const price = ({ trade_price }: { readonly trade_price: number }): number => trade_price

describe('C4.1 lazy', () => {
  it('C4.1 a call opens nothing, the first subscriber dials, after the last one and the linger nothing is left', () => {
    const { upbit, exchange, pass } = world()
    const stream$ = upbit.ticker$('KRW-BTC')
    pass(60_000)
    expect(exchange.dials).toHaveLength(0)

    const first = stream$.subscribe()
    const second = upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    expect(exchange.dials).toHaveLength(1)
    first.unsubscribe()
    pass(10_000)
    expect(exchange.connections).toBe(1)

    second.unsubscribe()
    pass(4999)
    expect(exchange.connections).toBe(1)
    pass(1)
    expect(exchange.connections).toBe(0)
    pass(600_000)
    expect(exchange.dials).toHaveLength(1)
  })

  it('C4.1 lingerMs says how long, and a subscriber within it finds the same socket', () => {
    const { upbit, exchange, pass } = world({ client: { lingerMs: 200 } })
    upbit.ticker$('KRW-BTC').subscribe().unsubscribe()
    const first = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    first.unsubscribe()
    pass(199)
    const second = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    expect(exchange.dials).toHaveLength(1)
    second.unsubscribe()
    pass(200)
    expect(exchange.connections).toBe(0)
  })
})

describe('C4.2 sharing', () => {
  it('C4.2 consumers of the same data share one entry, and the last one leaving takes it off', () => {
    const { upbit, exchange, asked, pass } = world()
    const consumers = [1, 2, 3].map(() => upbit.ticker$('KRW-BTC').subscribe())
    upbit.trade$('KRW-ETH').subscribe()
    pass(2000)
    expect(asked()).toEqual([['ticker KRW-BTC', 'trade KRW-ETH']])

    consumers[0]?.unsubscribe()
    consumers[1]?.unsubscribe()
    pass(10_000)
    expect(asked()).toHaveLength(1)
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)

    consumers[2]?.unsubscribe()
    pass(10_000)
    expect(asked().slice(1)).toEqual([['trade KRW-ETH']])
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(false)
  })

  it('C4.2 every consumer of an entry gets every event of it', () => {
    const { upbit, exchange, pass } = world()
    const all = [1, 2, 3].map(() => record(upbit.ticker$('KRW-BTC')))
    pass(1000)
    exchange.emit([aTicker({ trade_price: 1 }), aTicker({ trade_price: 2 })])
    for (const { values } of all) expect(values.map(price)).toEqual([1, 2])
  })
})

describe('C4.3 late consumers', () => {
  it.each<[string, (of: Upbit) => Observable<object>, ExchangeEvent]>([
    ['ticker', ({ ticker$ }) => ticker$('KRW-BTC'), aTicker()],
    ['order book', ({ orderbook$ }) => orderbook$('KRW-BTC'), anOrderbook()],
    ['candle', ({ candle$ }) => candle$('KRW-BTC', '1m'), aCandle('1m')],
  ])('C4.3 of a %s get the newest one from memory in the same turn', (_, stream$, event) => {
    const { upbit, exchange, pass } = world()
    stream$(upbit).subscribe()
    pass(1000)
    exchange.emit(event)
    const late = record(stream$(upbit))
    expect(late.values).toEqual([expect.objectContaining({ code: 'KRW-BTC', epoch: 1, source: 'memory' })])
    exchange.emit(event)
    expect(late.values[1]).toMatchObject({ source: 'socket' })
  })

  it('C4.3 of trades get no old ones', () => {
    const { upbit, exchange, pass } = world()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    const late = record(upbit.trade$('KRW-BTC'))
    expect(late.values).toEqual([])
    exchange.emit(aTrade({ sequential_id: '2' }))
    expect(late.values.map(({ sequential_id }) => sequential_id)).toEqual(['2'])
  })

  it('C4.3 of a candle get the latest period, whatever late frame came last', () => {
    const { upbit, exchange, pass, now } = world()
    const nowMs = now()
    upbit.candle$('KRW-BTC', '1m').subscribe()
    pass(1000)
    exchange.emit(aCandle('1m', { timestamp: nowMs - 1 }))
    exchange.emit(aCandle('1m', { timestamp: nowMs + 1 }))
    exchange.emit(aCandle('1m', { timestamp: nowMs - 1 }))
    const late = record(upbit.candle$('KRW-BTC', '1m'))
    expect(late.values.map(({ timestamp }) => timestamp - nowMs)).toEqual([1])
  })

  it('C4.3 wait for a frame when none of the current epoch has come', () => {
    const { upbit, exchange, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker())
    exchange.cut()
    expect(record(upbit.ticker$('KRW-BTC')).values).toEqual([])
    pass(5000)
    const late = record(upbit.ticker$('KRW-BTC'))
    expect(late.values).toEqual([])
    exchange.emit(aTicker())
    expect(late.values).toMatchObject([{ epoch: 2, source: 'socket' }])
  })

  it('C4.3 find nothing once the entry has left the wire', () => {
    const { upbit, exchange, pass } = world()
    upbit.trade$('KRW-ETH').subscribe()
    const first = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker())
    first.unsubscribe()
    pass(6000)
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(false)
    expect(record(upbit.ticker$('KRW-BTC')).values).toEqual([])
  })

  it('C4.3 find what came while nobody listened, as long as the entry is on the wire', () => {
    const { upbit, exchange, pass } = world()
    const first = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker({ trade_price: 1 }))
    first.unsubscribe()
    pass(4000)
    exchange.emit(aTicker({ trade_price: 2 }))
    expect(record(upbit.ticker$('KRW-BTC')).values.map(price)).toEqual([2])
    const { events, routed, unrouted } = upbit.accounting()
    expect({ events, routed, unrouted }).toEqual({ events: 2, routed: 1, unrouted: 1 })
  })

  it('C4.3 who have had enough of memory leave no entry, no route and an exact account', () => {
    const here = world()
    const { upbit, exchange, pass } = here
    upbit.ticker$(['KRW-BTC', 'KRW-XRP']).subscribe()
    pass(1000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-XRP' })])
    const late = record(upbit.ticker$(['KRW-BTC', 'KRW-XRP', 'KRW-ETH']).pipe(take(1)))
    expect(late).toMatchObject({ end: 'complete', values: [{ code: 'KRW-BTC', source: 'memory' }] })
    pass(60_000)
    expect(here.asked()).toEqual([['ticker KRW-BTC', 'ticker KRW-XRP']])
    exchange.emit(aTicker())
    expect(upbit.consumers()).toMatchObject([{ offered: 3, delivered: 3 }])
    expect(upbit.accounting()).toMatchObject({ offered: 4, delivered: 4, discarded: 0, pending: 0 })
  })
})

describe('C4.3 enough from memory', () => {
  it.each([[['KRW-BTC']], [['KRW-BTC', 'KRW-ETH']]])(
    'C4.3 while the connection lingers: it ends when it would have ended, and later events are nobody’s (%j)',
    (codes) => {
      const { upbit, exchange, pass } = world()
      const first = upbit.ticker$(['KRW-BTC', 'KRW-ETH']).subscribe()
      pass(1000)
      exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })])
      first.unsubscribe()
      pass(3000)
      const late = record(upbit.ticker$(codes).pipe(take(1)))
      expect(late).toMatchObject({ end: 'complete', values: [{ code: 'KRW-BTC' }] })
      exchange.emit(aTicker({ code: 'KRW-ETH' }))
      expect(upbit.accounting()).toMatchObject({ routed: 2, unrouted: 1 })
      pass(2000)
      expect(exchange.connections).toBe(0)
    },
  )
})

describe('C4.4 independence', () => {
  it('C4.4 nobody sees another’s data', () => {
    const { upbit, exchange, pass } = world()
    const btc = record(upbit.ticker$('KRW-BTC'))
    const eth = record(upbit.ticker$('KRW-ETH'))
    const trades = record(upbit.trade$('KRW-BTC'))
    const both = record(upbit.ticker$(['KRW-BTC', 'KRW-ETH']))
    pass(1000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' }), aTrade()])
    expect(btc.values.map(({ code }) => code)).toEqual(['KRW-BTC'])
    expect(eth.values.map(({ code }) => code)).toEqual(['KRW-ETH'])
    expect(trades.values.map(({ type }) => type)).toEqual(['trade'])
    expect(both.values.map(({ code }) => code)).toEqual(['KRW-BTC', 'KRW-ETH'])
  })

  it('C4.4 nobody is sent anything because another came, left or asked for something odd', () => {
    const { upbit, exchange, pass } = world({ exchange: { switches: { stragglers: 0 } } })
    exchange.snapshot([aTicker(), aTicker({ code: 'KRW-ETH' })])
    const steady = record(upbit.ticker$('KRW-BTC'))
    const trades = record(upbit.trade$('KRW-BTC'))
    exchange.snapshot(aTrade())
    pass(1000)
    expect(steady.values).toHaveLength(1)
    expect(trades.values).toHaveLength(1)
    // Each of these makes the exchange send all snapshots again.
    const other = upbit.ticker$('KRW-ETH', { only: 'snapshot' }).subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000, units: 1 }).subscribe()
    pass(10_000)
    other.unsubscribe()
    upbit.ticker$('KRW-XRP').subscribe()
    pass(10_000)
    expect(exchange.received.length).toBeGreaterThan(2)
    expect(steady.values).toHaveLength(1)
    expect(trades.values).toHaveLength(1)
    expect(upbit.accounting().duplicate).toBeGreaterThan(2)
  })

  it('C4.4 nobody is delayed by another’s asynchronous slowness', () => {
    const { upbit, exchange, pass } = world()
    const never = upbit.subscribeTicker('KRW-BTC', () => new ManualWork())
    const quick = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit([1, 2, 3].map((trade_price) => aTicker({ trade_price })))
    expect(quick.values.map(price)).toEqual([1, 2, 3])
    expect(never.tally).toMatchObject({ offered: 3, coalesced: 1, pending: 2 })
  })

  it('C4.4 nobody is cut when another fails or is refused', () => {
    const { upbit, exchange, pass } = world()
    const steady = record(upbit.ticker$('KRW-BTC'))
    const failing = upbit.subscribeTicker('KRW-BTC', () => {
      throw new Error('a bug')
    })
    pass(2000)
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    const refused = record(upbit.ticker$('KRW-XXX'))
    pass(2000)
    expect(refused).toMatchObject({ end: 'error', errorCode: 'REJECTED' })
    exchange.emit(aTicker({ trade_price: 7 }))
    expect(steady).toMatchObject({ end: 'open', values: [{ trade_price: 7 }] })
    expect(failing.closed).toBe(false)
    expect(failing.tally).toMatchObject({ failed: 1 })
  })

  it("C4.4 deliver: 'task' gives a consumer its own turn and queue", () => {
    const { upbit, exchange, pass } = world()
    const inTurn = record(upbit.trade$('KRW-BTC'))
    const later = record(upbit.trade$('KRW-BTC', { deliver: 'task' }))
    pass(1000)
    exchange.emit([aTrade({ sequential_id: '1' }), aTrade({ sequential_id: '2' })])
    expect(inTurn.values).toHaveLength(2)
    expect(later.values).toHaveLength(0)
    pass(0)
    expect(later.values.map(({ sequential_id }) => sequential_id)).toEqual(['1', '2'])
  })

  it('C4.4 a consumer that holds the others up for more than 10 ms an event is named, once', () => {
    const slept = { ms: 0 }
    const here = world()
    const { environment } = here.exchange.options
    // The clock of a machine on which synchronous work takes time.
    const upbit = here.client({
      isolated: true,
      environment: { ...environment, now: () => environment.now() + slept.ms },
    })
    const codes: [string, string | undefined][] = []
    upbit.errors$.subscribe(({ code, consumer }) => codes.push([code, consumer]))
    upbit.ticker$('KRW-BTC', { name: 'quick' }).subscribe()
    upbit.ticker$('KRW-BTC', { name: 'slow' }).subscribe(() => (slept.ms += 11))
    here.pass(1000)
    for (let i = 0; i < 5; i++) here.exchange.emit(aTicker({ timestamp: here.now() + i }))
    expect(codes).toEqual([['SLOW_CONSUMER', 'slow']])
  })
})

describe('C4.5 epochs', () => {
  it('C4.5 a lost connection is no error: the stream goes on with a higher epoch, never back', () => {
    const { upbit, exchange, pass } = world()
    const prices = record(upbit.ticker$('KRW-BTC'))
    for (let session = 1; session <= 4; session++) {
      pass(20_000)
      exchange.emit(aTicker({ trade_price: session }))
      exchange.cut()
    }
    expect(prices.end).toBe('open')
    expect(prices.values.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
  })

  it('C4.5 the epoch is a counter of the connection, not reset when nobody listened for a while', () => {
    const { upbit, exchange, pass } = world()
    const epochs: number[] = []
    for (let visit = 0; visit < 3; visit++) {
      const visitor = upbit.ticker$('KRW-BTC').subscribe(({ epoch }) => epochs.push(epoch))
      pass(1000)
      exchange.emit(aTicker())
      visitor.unsubscribe()
      pass(20_000)
      expect(exchange.connections).toBe(0)
    }
    expect(epochs).toEqual([1, 2, 3])
  })
})

describe('C4.6 re-entrancy', () => {
  it('C4.6 an event that a callback causes is delivered after the current one, to everybody', () => {
    const { upbit, exchange, pass } = world()
    const first = record(upbit.ticker$('KRW-BTC'), ({ trade_price }) => {
      if (trade_price < 3) exchange.emit(aTicker({ trade_price: trade_price + 1 }))
    })
    const second = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit(aTicker({ trade_price: 1 }))
    expect(first.values.map(price)).toEqual([1, 2, 3])
    expect(second.values.map(price)).toEqual([1, 2, 3])
  })

  it('C4.6 a loss that a callback causes is told after the current event', () => {
    const { upbit, exchange, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe(() => exchange.cut())
    const second = record(upbit.ticker$('KRW-BTC', { gaps: true }))
    pass(1000)
    exchange.emit(aTicker())
    expect(second.values.map(({ type }) => type)).toEqual(['ticker', 'gap'])
  })

  it('C4.6 who comes from inside a callback gets the current event once, who leaves gets nothing more', () => {
    const { upbit, exchange, pass } = world()
    const late: TickerEvent[] = []
    upbit
      .ticker$('KRW-BTC')
      .pipe(take(1))
      .subscribe(() => {
        upbit.ticker$('KRW-BTC').subscribe((event) => late.push(event))
        victim.subscription.unsubscribe()
      })
    const victim = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit(aTicker({ trade_price: 1 }))
    expect(late).toMatchObject([{ trade_price: 1, source: 'memory' }])
    expect(victim.values).toEqual([])
    expect(upbit.accounting()).toMatchObject({ offered: 2, delivered: 2, discarded: 0, pending: 0 })
  })
})

describe('C4.7 failing callbacks', () => {
  it('C4.7 a handler that throws or rejects is caught, counted and reported by name, and stays subscribed', () => {
    const { upbit, exchange, pass, errors } = world()
    const work = new ManualWork()
    const results: (() => unknown)[] = [
      () => {
        throw new Error('thrown')
      },
      () => work,
      () => 'well',
    ]
    const handler = upbit.subscribeTrade('KRW-BTC', () => results.shift()?.(), { name: 'saver' })
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    exchange.emit(aTrade({ sequential_id: '2' }))
    work.fail(new Error('rejected'))
    exchange.emit(aTrade({ sequential_id: '3' }))
    expect(errors.map(({ code, consumer, message }) => [code, consumer, message])).toEqual([
      ['HANDLER_FAILED', 'saver', expect.stringMatching(/^The handler of saver failed: thrown\./)],
      ['HANDLER_FAILED', 'saver', expect.stringMatching(/^The handler of saver failed: rejected\./)],
    ])
    expect(handler.closed).toBe(false)
    expect(handler.tally).toMatchObject({ offered: 3, delivered: 1, failed: 2 })
  })

  it('C4.7 a plain callback that throws is rethrown by RxJS’s rule, and no other consumer misses the event', () => {
    const before = { ...config }
    const unhandled: unknown[] = []
    config.onUnhandledError = (error) => unhandled.push(error)
    jest.useFakeTimers()
    try {
      const { upbit, exchange, pass } = world()
      const mine = new Error('mine')
      upbit.ticker$('KRW-BTC').subscribe(() => {
        throw mine
      })
      const other = record(upbit.ticker$('KRW-BTC'))
      pass(1000)
      exchange.emit(aTicker())
      expect(other.values).toHaveLength(1)
      expect(unhandled).toEqual([])
      jest.runAllTimers()
      expect(unhandled).toEqual([mine])
    } finally {
      jest.useRealTimers()
      config.onUnhandledError = before.onUnhandledError
    }
    expect(config).toEqual(before)
  })

  it('C4.7 the library never sets rxjs config', () => {
    expect(config).toEqual({
      onUnhandledError: null,
      onStoppedNotification: null,
      Promise: undefined,
      useDeprecatedSynchronousErrorHandling: false,
      useDeprecatedNextContext: false,
    })
  })
})

describe('C4.8 ends', () => {
  it('C4.8 complete means: ended by the application', async () => {
    const { upbit, pass } = world()
    const abort = new AbortController()
    const aborted = record(upbit.ticker$('KRW-BTC', { signal: abort.signal }))
    const shut = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    abort.abort()
    expect(aborted.end).toBe('complete')
    expect(shut.end).toBe('open')
    await upbit.shutdown()
    expect(shut.end).toBe('complete')
  })

  it('C4.8 error means: rejected by the exchange', () => {
    const { upbit, exchange, pass } = world()
    exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM', 'no such code')
    const refused = record(upbit.ticker$('KRW-BTC', { name: 'chart' }))
    pass(2000)
    expect(refused.error).toMatchObject({
      code: 'REJECTED',
      stream: 'ticker KRW-BTC',
      consumer: 'chart',
      serverName: 'INVALID_PARAM',
      serverMessage: 'no such code',
    })
  })

  it('C4.8 error means: credentials refused; who comes later starts afresh', () => {
    const { upbit, exchange, pass } = world()
    exchange.refuse(401, { times: 1 })
    const refused = [record(upbit.ticker$('KRW-BTC')), record(upbit.trade$('KRW-BTC'))]
    pass(60_000)
    for (const { errorCode } of refused) expect(errorCode).toBe('AUTH_REFUSED')
    expect(exchange.dials).toHaveLength(1)
    const later = record(upbit.ticker$('KRW-BTC'))
    pass(20_000)
    exchange.emit(aTicker())
    expect(later.values).toMatchObject([{ epoch: 1 }])
  })

  it('C4.8 credentials refused: who retries from inside the error is served, others still to come or not', () => {
    const { upbit, exchange, pass } = world()
    exchange.refuse(401, { times: 1 })
    const eager = record(upbit.ticker$('KRW-BTC').pipe(retry(1)))
    const other = record(upbit.ticker$('KRW-ETH'))
    pass(20_000)
    exchange.emit(aTicker())
    expect(other.errorCode).toBe('AUTH_REFUSED')
    expect(eager).toMatchObject({ end: 'open', values: [{ code: 'KRW-BTC' }] })
    expect(exchange.dials).toHaveLength(2)
  })

  it('C4.8 error means: overflow under policy error, after what waited', () => {
    const { upbit, exchange, pass } = world()
    const work: ManualWork[] = []
    const stream = upbit.subscribeTrade(
      'KRW-BTC',
      () => {
        const next = new ManualWork()
        work.push(next)
        return next
      },
      { buffer: { capacity: 1, overflow: 'error' } },
    )
    pass(1000)
    exchange.emit(['1', '2', '3', '4'].map((sequential_id) => aTrade({ sequential_id })))
    pass(0)
    expect(stream.closed).toBe(false)
    work[0]?.succeed()
    work[1]?.succeed()
    expect(stream.closed).toBe(true)
    expect(work).toHaveLength(2)
    expect(stream.tally).toMatchObject({ offered: 3, delivered: 2, dropped: 1 })
  })
})
