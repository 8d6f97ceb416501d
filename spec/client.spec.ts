import { repeat, Subject } from 'rxjs'
import { aTicker } from '../src/testing'
import { ManualWork } from './operators/support'
import { record } from './support/recorder'
import { world } from './support/world'

describe('Upbit', () => {
  it('has one status$, errors$ and gaps$ for good', () => {
    const { upbit } = world()
    expect([upbit.status$, upbit.errors$, upbit.gaps$]).toEqual([upbit.status$, upbit.errors$, upbit.gaps$])
    expect(upbit.status$).toBe(upbit.status$)
  })

  it('forgets handlers that ended by themselves', () => {
    const { upbit, exchange, pass } = world()
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    upbit.subscribeTicker('KRW-BTC', () => {}, { only: 'snapshot' })
    pass(2000)
    exchange.emit(aTicker())
    upbit.subscribeTicker('KRW-XXX', () => {})
    pass(2000)
    expect(upbit.consumers()).toEqual([])
    expect(upbit.accounting()).toMatchObject({ offered: 1, delivered: 1 })
  })

  it('names its consumers apart from those of other clients of the connection', () => {
    const { upbit, client } = world()
    for (const each of [upbit, client()]) each.ticker$('KRW-BTC').subscribe()
    const consumed = upbit.consume(new Subject(), () => {})
    expect(upbit.consumers().map(({ name }) => name)).toEqual([
      'ticker KRW-BTC #1',
      'ticker KRW-BTC #2',
      'consume #3',
    ])
    expect(consumed.name).toBe('consume #3')
  })

  it('C2.1 what `consume` drops is in the account and on gaps$, by name', () => {
    const { upbit, gaps } = world()
    const source = new Subject<number>()
    const work = new ManualWork()
    const consumer = upbit.consume(source, () => work, { name: 'saver', buffer: { capacity: 1 } })
    for (let i = 0; i < 4; i++) source.next(i)
    expect(upbit.consumers()).toMatchObject([{ name: 'saver', offered: 4, dropped: 2, pending: 2 }])
    expect(upbit.accounting()).toMatchObject({ offered: 4, dropped: 2, pending: 2 })
    consumer.unsubscribe()
    expect(gaps).toMatchObject([{ phase: 'abandoned', cause: 'overflow', consumer: 'saver', count: 2 }])
    expect(upbit.consumers()).toEqual([])
    work.succeed()
    expect(upbit.accounting()).toMatchObject({ offered: 4, delivered: 1, dropped: 2, discarded: 1, gaps: 1 })
  })

  it('C2.1 a `consume` after a shutdown is counted afresh, and one with wrong options is no use', async () => {
    const { upbit } = world()
    await upbit.shutdown()
    expect(() => upbit.consume(new Subject(), () => {}, { deliver: 'never' as 'sync' })).toThrow(/deliver/)
    expect(upbit.manager.isClosed).toBe(true)
    const consumer = upbit.consume(new Subject(), () => {})
    expect(upbit.consumers()).toHaveLength(1)
    await upbit.shutdown()
    expect(consumer.closed).toBe(true)
  })

  it('accounting() is whole before first use', () => {
    expect(world().upbit.accounting()).toMatchObject({
      frames: 0,
      events: 0,
      offered: 0,
      gaps: 0,
      byType: {},
    })
  })

  describe('shutdown()', () => {
    it('ends handlers and discards what waits for them', async () => {
      const { upbit, exchange, pass } = world()
      const handler = upbit.subscribeTicker('KRW-BTC', () => new ManualWork())
      pass(1000)
      exchange.emit([aTicker(), aTicker()])
      await upbit.shutdown()
      expect(handler.closed).toBe(true)
      expect(handler.tally).toMatchObject({ offered: 2, discarded: 1, pending: 1 })
    })

    it('before first use is nothing', async () => {
      const { upbit, exchange } = world()
      await upbit.shutdown()
      expect(exchange.dials).toEqual([])
    })

    it('twice at once resolves twice, when nothing is left', async () => {
      const { upbit, exchange, pass } = world()
      upbit.ticker$('KRW-BTC').subscribe()
      pass(1000)
      await Promise.all([upbit.shutdown(), upbit.shutdown()])
      expect(exchange.connections).toBe(0)
      await upbit.shutdown()
      expect(upbit.manager.isClosed).toBe(true)
    })

    it('C2.4 with an aborted signal rejects, and closes all the same', async () => {
      const { upbit, exchange, pass } = world()
      upbit.ticker$('KRW-BTC').subscribe()
      pass(1000)
      await expect(upbit.shutdown({ signal: AbortSignal.abort('why') })).rejects.toMatchObject({
        code: 'ABORTED',
        cause: 'why',
      })
      expect(exchange.connections).toBe(0)
    })

    it('of the manager ends every client, and each starts afresh by itself', async () => {
      const { upbit, client, exchange, pass } = world()
      const other = client()
      const streams = [upbit, other].map((each) => record(each.ticker$('KRW-BTC')))
      pass(1000)
      await upbit.manager.shutdown()
      expect(streams.map(({ end }) => end)).toEqual(['complete', 'complete'])
      expect(exchange.connections).toBe(0)
      const again = [upbit, other].map((each) => record(each.ticker$('KRW-BTC')))
      pass(1000)
      exchange.emit(aTicker())
      expect(again.map(({ values }) => values.length)).toEqual([1, 1])
      expect(upbit.manager).toBe(other.manager)
      // Both hold it, so the first to go does not close it.
      await upbit.shutdown()
      expect(exchange.connections).toBe(1)
      await other.shutdown()
      expect(exchange.connections).toBe(0)
    })

    it('is not held up by a stream that repeats itself: that one starts afresh', async () => {
      const { upbit, exchange, pass } = world()
      const stream = record(upbit.ticker$('KRW-BTC').pipe(repeat()))
      pass(1000)
      await upbit.shutdown()
      expect(upbit.manager.isClosed).toBe(false)
      pass(1000)
      exchange.emit(aTicker())
      expect(stream).toMatchObject({ end: 'open', values: [{ epoch: 1 }] })
      expect(exchange.connections).toBe(1)
    })

    it('from inside a callback ends that consumer too', () => {
      const { upbit, exchange, pass } = world()
      const stream = record(upbit.ticker$('KRW-BTC'), () => void upbit.shutdown())
      const other = record(upbit.ticker$('KRW-BTC'))
      pass(1000)
      exchange.emit([aTicker(), aTicker()])
      expect([stream.values.length, other.values.length]).toEqual([1, 0])
      expect([stream.end, other.end]).toEqual(['complete', 'complete'])
      expect(exchange.connections).toBe(0)
      const { events, routed, duplicate, stale, unrouted } = upbit.accounting()
      expect(events).toBe(routed + duplicate + stale + unrouted)
    })

    it('from a listener to the status leaves no connection behind', () => {
      const { upbit, exchange, pass } = world()
      upbit.status$.subscribe(({ state }) => {
        if (state === 'connecting') void upbit.shutdown()
      })
      const stream = record(upbit.ticker$('KRW-BTC'))
      pass(20_000)
      expect(stream.end).toBe('complete')
      expect(exchange.connections).toBe(0)
    })

    it('a signal that aborts while the connection begins leaves none behind', () => {
      const { upbit, exchange, pass } = world()
      const abort = new AbortController()
      upbit.status$.subscribe(({ state }) => {
        if (state === 'connecting') abort.abort()
      })
      const stream = record(upbit.ticker$('KRW-BTC', { signal: abort.signal }))
      pass(20_000)
      expect(stream.end).toBe('complete')
      expect(exchange.connections).toBe(0)
    })

    it('C2.1 ends what `consume` was given, of other sources too, and of this client alone', async () => {
      const { upbit, client } = world()
      const source = new Subject<number>()
      const consumer = upbit.consume(source, () => new ManualWork())
      const other = client().consume(source, () => {})
      source.next(1)
      source.next(2)
      await upbit.shutdown()
      expect([consumer.closed, other.closed]).toEqual([true, false])
      expect(consumer.tally).toMatchObject({ offered: 2, discarded: 1, pending: 1 })
      source.next(3)
      expect(consumer.tally.offered).toBe(2)
    })
  })
})
