/** C6: buffers and accounting, seen from outside. */
import { Subject } from 'rxjs'
import type { Accounting, GapEvent, Tally, UpbitSubscription } from '../../src/index'
import {
  aCandle,
  anOrderbook,
  aTicker,
  aTrade,
  malformedFrame,
  malformedShapes,
  virtualStartMs,
} from '../../src/testing'
import { ManualWork } from '../operators/support'
import { record } from '../support/recorder'
import { world } from '../support/world'
import fc from '../support/seeded-fast-check'

/** The equation of C6.2, of a consumer or of the sum of all. */
function isExact({ offered, delivered, failed, coalesced, dropped, discarded, pending }: Tally): boolean {
  return offered === delivered + failed + coalesced + dropped + discarded + pending
}

describe('C6.1 defaults', () => {
  it('C6.1 a synchronous consumer has no queue: each event in its own turn', () => {
    const { upbit, exchange, pass } = world()
    const stream = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    for (let i = 1; i <= 3; i++) {
      exchange.emit(aTicker())
      expect(stream.values).toHaveLength(i)
    }
  })

  it('C6.1 a handler that returns a promise gets the next event after it resolves', async () => {
    const { upbit, exchange, pass } = world()
    const log: string[] = []
    upbit.subscribeTrade('KRW-BTC', async ({ sequential_id }) => {
      log.push(`begins ${sequential_id}`)
      await Promise.resolve()
      log.push(`ends ${sequential_id}`)
    })
    pass(1000)
    exchange.emit(['1', '2'].map((sequential_id) => aTrade({ sequential_id })))
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    expect(log).toEqual(['begins 1', 'ends 1', 'begins 2', 'ends 2'])
  })

  it('C6.1 trades: 1,024 wait, then the oldest is dropped', () => {
    const { upbit, exchange, pass } = world()
    const handler = upbit.subscribeTrade('KRW-BTC', () => new ManualWork())
    pass(1000)
    for (let i = 1; i <= 1030; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    expect(handler.tally).toMatchObject({ offered: 1030, pending: 1025, dropped: 5, coalesced: 0 })
  })

  it('C6.1 states: one slot per key, the newest, in arrival order of keys', () => {
    const { upbit, exchange, pass } = world()
    const notifier = new Subject<void>()
    const codes = ['KRW-BTC', 'KRW-ETH']
    const tickers = record(upbit.ticker$(codes, { deliver: notifier }))
    const books = record(upbit.orderbook$(codes, { deliver: notifier }))
    pass(1000)
    exchange.emit([
      aTicker({ code: 'KRW-ETH', trade_price: 1 }),
      aTicker({ trade_price: 2 }),
      aTicker({ code: 'KRW-ETH', trade_price: 3 }),
      anOrderbook({ timestamp: virtualStartMs }),
      anOrderbook({ timestamp: virtualStartMs + 1 }),
    ])
    notifier.next()
    expect(tickers.values.map(({ code, trade_price }) => [code, trade_price])).toEqual([
      ['KRW-ETH', 3],
      ['KRW-BTC', 2],
    ])
    expect(books.values.map(({ timestamp }) => timestamp - virtualStartMs)).toEqual([1])
    expect(upbit.accounting()).toMatchObject({ offered: 5, delivered: 3, coalesced: 2 })
  })

  it('C6.1 candles: one slot per period', () => {
    const { upbit, exchange, pass } = world()
    const notifier = new Subject<void>()
    const stream = record(upbit.candle$('KRW-BTC', '1s', { deliver: notifier }))
    pass(1000)
    for (let ms = 0; ms < 3000; ms += 500) exchange.emit(aCandle('1s', { timestamp: virtualStartMs + ms }))
    notifier.next()
    expect(stream.values.map(({ timestamp }) => timestamp - virtualStartMs)).toEqual([500, 1500, 2500])
  })

  it('C6.1 a capacity given for coalescing counts keys; a new key on a full buffer drops the oldest key', () => {
    const { upbit, exchange, pass } = world()
    const notifier = new Subject<void>()
    const codes = ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']
    const stream = record(upbit.ticker$(codes, { buffer: { capacity: 2 }, deliver: notifier }))
    pass(1000)
    exchange.emit([...codes, 'KRW-ETH'].map((code) => aTicker({ code })))
    notifier.next()
    expect(stream.values.map(({ code }) => code)).toEqual(['KRW-ETH', 'KRW-XRP'])
    expect(upbit.consumers()).toMatchObject([{ offered: 4, dropped: 1, coalesced: 1, delivered: 2 }])
  })

  it('C6.1 states under another policy keep every event, up to 1,024', () => {
    const { upbit, exchange, pass } = world()
    const handler = upbit.subscribeTicker('KRW-BTC', () => new ManualWork(), {
      buffer: { overflow: 'drop-newest' },
    })
    pass(1000)
    for (let i = 1; i <= 1030; i++) exchange.emit(aTicker())
    expect(handler.tally).toMatchObject({ offered: 1030, pending: 1025, dropped: 5, coalesced: 0 })
  })
})

describe('C6.2 the account of a consumer', () => {
  it('C6.2 delivered when the handler returned or its promise resolved, failed when it threw or rejected', () => {
    const { upbit, exchange, pass } = world()
    const work = [new ManualWork(), new ManualWork()]
    const results: (() => unknown)[] = [() => 1, () => work[0], () => work[1]]
    const handler = upbit.subscribeTrade('KRW-BTC', () => {
      const result = results.shift()
      if (result === undefined) throw new Error('no more')
      return result()
    })
    const tallies: Tally[] = []
    const look = (): number => tallies.push(handler.tally)
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    look()
    exchange.emit(aTrade({ sequential_id: '2' }))
    look()
    work[0]?.succeed()
    look()
    exchange.emit(aTrade({ sequential_id: '3' }))
    work[1]?.fail('no reason')
    exchange.emit(aTrade({ sequential_id: '4' }))
    look()
    expect(
      tallies.map(({ offered, delivered, failed, pending }) => [offered, delivered, failed, pending]),
    ).toEqual([
      [1, 1, 0, 0],
      [2, 1, 0, 1],
      [2, 2, 0, 0],
      [4, 2, 2, 0],
    ])
  })

  it('C6.2 the event in flight is pending, uses no capacity, and stays pending until it settles', () => {
    const { upbit, exchange, pass } = world()
    const work = new ManualWork()
    const handler = upbit.subscribeTrade('KRW-BTC', () => work, { buffer: { capacity: 1 } })
    pass(1000)
    exchange.emit(['1', '2'].map((sequential_id) => aTrade({ sequential_id })))
    expect(handler.tally).toMatchObject({ pending: 2, dropped: 0 })
    handler.unsubscribe()
    expect(handler.tally).toMatchObject({ offered: 2, pending: 1, discarded: 1 })
    expect(upbit.accounting()).toMatchObject({ offered: 2, pending: 1, discarded: 1 })
    work.succeed()
    expect(handler.tally).toMatchObject({ pending: 0, delivered: 1 })
    expect(upbit.accounting()).toMatchObject({ offered: 2, pending: 0, delivered: 1, discarded: 1 })
  })

  it('C6.2 memory replays are offered, gap notices are not', () => {
    const { upbit, exchange, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker())
    const seen: string[] = []
    const handler = upbit.subscribeTicker('KRW-BTC', ({ type }) => seen.push(type), { gaps: true })
    exchange.cut()
    pass(5000)
    exchange.emit(aTicker())
    expect(seen).toEqual(['ticker', 'gap', 'gap', 'ticker'])
    expect(handler.tally).toMatchObject({ offered: 2, delivered: 2 })
  })

  it('C6.2 under error: the overflowing event is dropped, the backlog delivered, then the error', () => {
    const { upbit, exchange, pass, errors, asked } = world()
    const work: ManualWork[] = []
    const seen: string[] = []
    const handler = upbit.subscribeTrade(
      'KRW-BTC',
      ({ sequential_id }) => {
        seen.push(sequential_id)
        return (work[work.length] = new ManualWork())
      },
      { name: 'ledger', buffer: { capacity: 2, overflow: 'error' } },
    )
    pass(1000)
    exchange.emit(['1', '2', '3', '4', '5'].map((sequential_id) => aTrade({ sequential_id })))
    // It can never deliver again, so nobody has to send it anything.
    pass(60_000)
    expect(exchange.connections).toBe(0)
    expect(asked()).toHaveLength(1)
    expect(errors).toEqual([])
    for (const each of work) each.succeed()
    expect(seen).toEqual(['1', '2', '3'])
    expect(errors).toMatchObject([{ code: 'BUFFER_OVERFLOW', consumer: 'ledger', option: 'buffer.capacity' }])
    expect(handler.closed).toBe(true)
    expect(handler.tally).toMatchObject({ offered: 4, delivered: 3, dropped: 1 })
  })

  it('C6.2 offered = delivered + failed + coalesced + dropped + discarded + pending, at any moment, in callbacks too', () => {
    const policy = fc.constantFrom('drop-oldest', 'drop-newest', 'error', 'coalesce', undefined)
    const pace = fc.constantFrom('sync', 'task', 'notifier')
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('emit' as const), code: fc.nat(1) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), well: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('turn', 'pass', 'cut', 'leave', 'join') }) },
    )
    const behaviour = fc.constantFrom('returns', 'throws', 'works', 'leaves', 'emits')
    fc.assert(
      fc.property(
        fc.record({
          trades: fc.boolean(),
          overflow: policy,
          capacity: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
          maxAgeMs: fc.option(fc.constant(50), { nil: undefined }),
          deliver: pace,
          gaps: fc.boolean(),
        }),
        fc.array(step, { maxLength: 40 }),
        fc.array(behaviour, { maxLength: 60 }),
        (options, steps, given) => {
          const behaviours = [...given]
          const here = world({ client: { logger: false } })
          const { upbit, exchange, pass } = here
          const work: ManualWork[] = []
          const notifier = new Subject<void>()
          const handles: UpbitSubscription[] = []
          let ids = 0
          let looks = 0
          const check = (): void => {
            looks++
            for (const { tally } of handles) expect(isExact(tally)).toBe(true)
            expect(isExact(upbit.accounting())).toBe(true)
          }
          const overflow = options.trades && options.overflow === 'coalesce' ? undefined : options.overflow
          const emit = (nth: number): void => {
            const code = nth === 0 ? 'KRW-BTC' : 'KRW-ETH'
            exchange.emit(
              options.trades
                ? aTrade({ code, sequential_id: `${++ids}` })
                : aTicker({ code, timestamp: here.now() }),
            )
          }
          const handler = (mine: () => UpbitSubscription | undefined) => (): unknown => {
            check()
            switch (behaviours.shift()) {
              case 'throws':
                throw new Error('thrown')
              case 'works':
                return (work[work.length] = new ManualWork())
              case 'leaves':
                mine()?.unsubscribe()
                return undefined
              case 'emits':
                if (ids < 200) emit(0)
                ids++
                check()
                return undefined
              default:
                return undefined
            }
          }
          const join = (): void => {
            let handle: UpbitSubscription | undefined
            const chosen = {
              buffer: {
                ...(overflow === undefined ? {} : { overflow }),
                ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
                ...(options.maxAgeMs === undefined ? {} : { maxAgeMs: options.maxAgeMs }),
              },
              deliver:
                options.deliver === 'notifier' ? notifier : options.deliver === 'task' ? 'task' : 'sync',
            } as const
            const codes = ['KRW-BTC', 'KRW-ETH']
            const callback = handler(() => handle) as (event: GapEvent | object) => unknown
            handle = options.trades
              ? upbit.subscribeTrade(codes, callback, { ...chosen, gaps: options.gaps as true })
              : upbit.subscribeTicker(codes, callback, { ...chosen, gaps: options.gaps as true })
            handles.push(handle)
          }
          join()
          pass(1000)
          for (const each of steps) {
            if (each.do === 'emit') emit(each.code)
            else if (each.do === 'settle') {
              if (each.well) work.shift()?.succeed()
              else work.shift()?.fail(new Error('rejected'))
            } else if (each.do === 'turn') notifier.next()
            else if (each.do === 'pass') pass(60)
            else if (each.do === 'cut') exchange.cut()
            else if (each.do === 'leave') handles[0]?.unsubscribe()
            else join()
            check()
          }
          for (const handle of handles) handle.unsubscribe()
          for (const each of work) each.succeed()
          check()
          for (const { tally } of handles) expect(tally.pending).toBe(0)
          expect(looks).toBeGreaterThan(0)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('C6.2 the account of a connection', () => {
  const check = ({
    frames,
    data,
    control,
    decoded,
    rejected,
    events,
    routed,
    duplicate,
    stale,
    unrouted,
  }: Accounting) => {
    expect(frames).toBe(data + control)
    expect(data).toBe(decoded + rejected)
    expect(events).toBe(routed + duplicate + stale + unrouted)
  }

  it('C6.2 frames = data + control; data = decoded + rejected; events = routed + duplicate + stale + unrouted', () => {
    const { upbit, exchange, pass } = world({ exchange: { market: true, markets: 20, rate: 20, seed: 6 } })
    const leaving = upbit.ticker$(['KRW-BTC', 'KRW-ETH']).subscribe()
    upbit.trade$(['KRW-BTC', 'KRW-ETH', 'KRW-XRP']).subscribe()
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    for (let minute = 0; minute < 5; minute++) {
      pass(20_000)
      check(upbit.accounting())
      for (const shape of malformedShapes) exchange.emitRaw(malformedFrame(shape))
      exchange.emitRaw('{"status":"UP"}')
      exchange.emit(aTicker({ timestamp: 1 }))
      if (minute === 2) leaving.unsubscribe()
      if (minute === 3) exchange.cut()
      check(upbit.accounting())
    }
    const { routed, duplicate, unrouted, rejected, control } = upbit.accounting()
    for (const count of [routed, duplicate, unrouted, rejected, control]) expect(count).toBeGreaterThan(0)
  })

  it('C6.2 it holds while the connection lingers, too', () => {
    const { upbit, exchange, pass } = world()
    const only = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    only.unsubscribe()
    exchange.emit([aTicker(), aTicker()])
    check(upbit.accounting())
    expect(upbit.accounting()).toMatchObject({ events: 2, unrouted: 2 })
  })

  it('C6.2 the sums are those of all connections and of all consumers, past ones too', () => {
    const { upbit, exchange, pass } = world()
    const first = upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(1000)
    exchange.emit([anOrderbook(), anOrderbook({ level: 10_000 }), anOrderbook({ level: 10_000 })])
    first.unsubscribe()
    expect(upbit.accounting()).toMatchObject({
      dials: 2,
      epochs: 2,
      messages: 2,
      events: 3,
      routed: 3,
      byType: { orderbook: 3 },
      offered: 3,
      delivered: 3,
    })
    expect(upbit.consumers()).toMatchObject([{ name: 'orderbook KRW-BTC@10000 #2', delivered: 2 }])
  })
})
