/** What `getPerformanceMetrics()` and `metrics$` say of a client, in virtual time. */
import { Subject } from 'rxjs'
import type { PerformanceMetrics } from '../../src/index'
import { createUpbit } from '../../src/index'
import { anOrderbook, aTicker, aTrade } from '../../src/testing'
import { world } from '../support/world'

const pending = new Promise<never>(() => {})

describe('getPerformanceMetrics', () => {
  it('is all zeros of a client that nobody has used', () => {
    const { upbit, pass } = world()
    pass(5000)
    expect(upbit.getPerformanceMetrics()).toMatchObject({
      uptime_ms: 5000,
      messages_per_second: 0,
      lag_ms: { count: 0 },
      queue_depth: 0,
      drop_rate: 0,
      frames: 0,
      gaps: 0,
      slow_consumers: 0,
      connections: [],
      types: [],
      consumers: [],
      limits: [],
    })
  })

  it('tells messages a second over the last ten, of all, by connection and by type', () => {
    const { upbit, exchange, time, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    for (let i = 0; i < 300; i++) {
      time.at(1000 + i * 100, () => exchange.emit(aTicker()))
      if (i % 2 === 0) time.at(1000 + i * 100, () => exchange.emit(aTrade({ sequential_id: `${i}` })))
    }
    pass(30_000)
    const metrics = upbit.getPerformanceMetrics()
    expect(metrics.messages_per_second).toBeCloseTo(15, 0)
    expect(metrics.connections[0]).toMatchObject({ connection: 'public', state: 'live', subscriptions: 2 })
    expect(metrics.connections[0]?.messages_per_second).toBe(metrics.messages_per_second)
    const byType = Object.fromEntries(metrics.types.map((row) => [row.type, row]))
    expect(byType['ticker']?.messages_per_second).toBeCloseTo(10, 0)
    expect(byType['trade']?.messages_per_second).toBeCloseTo(5, 0)
    expect(byType['trade']?.events).toBe(150)
    pass(20_000)
    expect(upbit.getPerformanceMetrics().messages_per_second).toBe(0)
  })

  it('tells the lag by type: what an event took longer than the quickest, whatever the clocks say', () => {
    const { upbit, exchange, time, pass, now } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    for (let i = 0; i < 100; i++) {
      time.at(1000 + i * 10, () => {
        // A clock an hour apart; tickers come at once, every tenth trade 250 ms late.
        exchange.emit(aTicker({ timestamp: now() - 3_600_000, code: 'KRW-BTC' }))
        const late = i >= 20 && i % 5 === 0 ? 50 : 0
        exchange.emit(aTrade({ timestamp: now() - 3_600_000 - late, sequential_id: `${i}` }))
      })
    }
    pass(2000)
    const { types, lag_ms, connections } = upbit.getPerformanceMetrics()
    const lagOf = (name: string) => types.find(({ type }) => type === name)?.lag_ms
    expect(lagOf('ticker')).toMatchObject({ p50: 0, p99: 0, max: 0 })
    expect(lagOf('trade')).toMatchObject({ p50: 0, p90: 50, max: 50 })
    expect(lag_ms.count).toBe(lagOf('ticker')!.count + lagOf('trade')!.count)
    expect(connections[0]?.clock_offset_ms).toBe(3_600_000)
  })

  it('has no lag of a SNAPSHOT, which is stamped with its last change', () => {
    const { upbit, exchange, pass, now } = world()
    for (let i = 0; i < 40; i++) {
      exchange.snapshot(
        aTicker({ code: `KRW-A${i}`, timestamp: now() - 86_000_000, stream_type: 'SNAPSHOT' }),
      )
    }
    upbit.ticker$(Array.from({ length: 40 }, (_, i) => `KRW-A${i}`)).subscribe()
    pass(1000)
    expect(upbit.getPerformanceMetrics()).toMatchObject({ events: 40, lag_ms: { count: 0 } })
  })

  it('tells how long events wait for a consumer with a queue, and how many', () => {
    const { upbit, exchange, time, pass } = world()
    const releases: (() => void)[] = []
    upbit.subscribeTrade('KRW-BTC', () => new Promise<void>((resolve) => releases.push(resolve)), {
      name: 'slow',
      deliver: 'task',
    })
    pass(1000)
    for (let i = 0; i < 5; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    pass(0)
    const { queue_depth, consumers } = upbit.getPerformanceMetrics()
    expect(queue_depth).toBe(5)
    expect(consumers).toMatchObject([{ consumer: 'slow', queue_depth: 5, offered: 5, drop_rate: 0 }])
    expect(time.nowMs).toBe(1000)
    expect(releases).toHaveLength(1)
  })

  it('the latency of a queue is how long events wait in it, and theirs alone who have one', () => {
    const { upbit, exchange, pass } = world()
    const turnSubject = new Subject<void>()
    upbit.trade$('KRW-BTC', { name: 'queued', deliver: turnSubject }).subscribe()
    pass(1000)
    for (const id of ['1', '2']) {
      exchange.emit(aTrade({ sequential_id: id }))
      pass(id === '1' ? 400 : 100)
      turnSubject.next()
    }
    const { average_latency_ms, consumers } = upbit.getPerformanceMetrics()
    // Nothing but the queue: that the events were put into it is no delivery.
    expect(average_latency_ms).toBeCloseTo(250, -1)
    expect(consumers[0]?.average_latency_ms).toBe(250)
    pass(120_000)
    expect(upbit.getPerformanceMetrics()).not.toHaveProperty('average_latency_ms')
  })

  it('the latency of who takes events at once is how long all of them take', () => {
    let nowMs = 1_800_000_000_000
    const { exchange, pass, client } = world()
    const { environment } = exchange.options
    const upbit = client({ isolated: true, environment: { ...environment, now: () => nowMs } })
    upbit.subscribeTrade('KRW-BTC', () => void (nowMs += 2))
    upbit.trade$('KRW-BTC').subscribe(() => (nowMs += 4))
    pass(1000)
    for (const id of ['1', '2']) exchange.emit(aTrade({ sequential_id: id }))
    const { average_latency_ms, consumers } = upbit.getPerformanceMetrics()
    expect(average_latency_ms).toBe(6)
    expect(consumers[0]).not.toHaveProperty('average_latency_ms')
  })

  it('tells the part of a minute that was lost, and by consumer', () => {
    const { upbit, exchange, pass } = world()
    upbit.subscribeTrade('KRW-BTC', () => pending, { name: 'stuck', buffer: { capacity: 3 } })
    upbit.subscribeTrade('KRW-BTC', () => undefined, { name: 'well' })
    pass(1000)
    for (let i = 0; i < 10; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    const metrics = upbit.getPerformanceMetrics()
    expect(metrics).toMatchObject({ offered: 20, dropped: 6, drop_rate: 0.3, queue_depth: 4 })
    const rates = metrics.consumers.map(({ consumer, drop_rate }) => [consumer, drop_rate])
    expect(rates).toEqual([
      ['stuck', 0.6],
      ['well', 0],
    ])
    pass(120_000)
    for (let i = 10; i < 12; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    expect(upbit.getPerformanceMetrics().drop_rate).toBe(0.5)
  })

  it('counts duplicates, stale ones, what cannot be read, drift, gaps, sessions, dials and requests', () => {
    const { upbit, exchange, pass, now } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    for (let i = 0; i < 2; i++) exchange.emit(aTrade({ sequential_id: '1' }))
    exchange.emit(aTicker({ timestamp: now() }))
    exchange.emit(aTicker({ timestamp: now() - 5 }))
    exchange.emitRaw('{"type":"ticker"}')
    exchange.emitRaw(JSON.stringify({ ...aTicker({ timestamp: now() }), brand_new: 1 }))
    exchange.cut()
    const { gaps_open } = upbit.getPerformanceMetrics()
    expect(gaps_open).toBe(2)
    pass(10_000)
    exchange.emit(aTicker({ timestamp: now() }))
    expect(upbit.getPerformanceMetrics()).toMatchObject({
      duplicate: 1,
      stale: 1,
      rejected: 1,
      schema_drift: 1,
      epochs: 2,
      dials: 2,
      requests: 2,
      gaps_open: 1,
    })
  })

  it('tells a second connection by its name', () => {
    const { upbit, exchange, pass } = world()
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(2000)
    exchange.emit(anOrderbook({ level: 10_000 }))
    const { connections, events } = upbit.getPerformanceMetrics()
    expect(connections.map(({ connection, events }) => [connection, events])).toEqual([
      ['public', 0],
      ['public#2', 1],
    ])
    expect(events).toBe(1)
  })

  it('takes the time of a ping there and back', () => {
    const { upbit, pass } = world()
    upbit.trade$('KRW-BTC').subscribe()
    expect(upbit.getPerformanceMetrics().connections[0]).not.toHaveProperty('round_trip_ms')
    pass(31_000)
    expect(upbit.getPerformanceMetrics().connections[0]).toHaveProperty('round_trip_ms')
  })

  it('tells the memory of the process', () => {
    const { memory_bytes = 0, heap_bytes = 0 } = world().upbit.getPerformanceMetrics()
    expect(heap_bytes).toBeGreaterThan(1e6)
    expect(memory_bytes).toBeGreaterThan(heap_bytes)
  })
})

describe('metrics$', () => {
  it('emits at once and then every second, while somebody is subscribed only', () => {
    const { upbit, pass, exchange } = world()
    const seen: PerformanceMetrics[] = []
    const subscription = upbit.metrics$.subscribe((metrics) => seen.push(metrics))
    expect(seen).toHaveLength(1)
    pass(3500)
    expect(seen.map(({ uptime_ms }) => uptime_ms)).toEqual([0, 1000, 2000, 3000])
    subscription.unsubscribe()
    pass(10_000)
    expect(seen).toHaveLength(4)
    expect(exchange.dials).toHaveLength(0)
  })

  it('emits as often as it is told to', () => {
    const { upbit, pass } = world({ client: { metricsIntervalMs: 250 } })
    let count = 0
    upbit.metrics$.subscribe(() => count++)
    pass(1000)
    expect(count).toBe(5)
  })

  it('ends with the manager after a last time, and goes on for a client that starts afresh', async () => {
    const { upbit, pass } = world()
    upbit.trade$('KRW-BTC').subscribe()
    pass(500)
    const ofManager: string[] = []
    const ofClient: string[] = []
    const note = (log: string[]) => ({
      next: () => log.push('metrics'),
      complete: () => log.push('complete'),
    })
    upbit.manager.metrics$.subscribe(note(ofManager))
    upbit.metrics$.subscribe(note(ofClient))
    const closing = upbit.shutdown()
    pass(5000)
    await closing
    expect(ofManager).toEqual(['metrics', 'metrics', 'complete'])
    expect(ofClient).toEqual(['metrics', 'metrics'])
    upbit.trade$('KRW-BTC').subscribe()
    expect(ofClient).toEqual(['metrics', 'metrics', 'metrics'])
  })

  it('goes on when the clock is set back: rates and age are by a clock that never is', () => {
    const { exchange, pass, client } = world()
    const { environment } = exchange.options
    let setBackMs = 0
    const upbit = client({
      isolated: true,
      logger: false,
      environment: { ...environment, now: () => environment.now() - setBackMs },
    })
    upbit.trade$('KRW-BTC').subscribe()
    pass(20_000)
    exchange.emit(aTrade({ sequential_id: 'last' }))
    setBackMs = 3_600_000
    for (let i = 0; i < 100; i++) {
      pass(100)
      exchange.emit(aTrade({ sequential_id: `${i}` }))
    }
    const { messages_per_second, uptime_ms } = upbit.getPerformanceMetrics()
    expect(messages_per_second).toBeGreaterThan(9)
    expect(uptime_ms).toBeGreaterThanOrEqual(29_900)
    expect(upbit.healthCheck().uptime_ms).toBe(uptime_ms)
  })

  it('C4.4 names the consumer that holds all others up', () => {
    let nowMs = 1_800_000_000_000
    const { exchange, pass, client } = world()
    const { environment } = exchange.options
    const upbit = client({ isolated: true, environment: { ...environment, now: () => nowMs } })
    upbit.errors$.subscribe()
    upbit.subscribeTrade('KRW-BTC', () => void (nowMs += 25), { name: 'chart' })
    upbit.subscribeTrade('KRW-BTC', () => undefined, { name: 'quick' })
    pass(1000)
    const seen: PerformanceMetrics[] = []
    for (let i = 0; i < 6; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    upbit.metrics$.subscribe((metrics) => seen.push(metrics))
    expect(seen[0]?.slow_consumers).toBe(1)
    expect(seen[0]?.consumers).toMatchObject([
      { consumer: 'chart', slow_events: 5, slowest_ms: 25 },
      { consumer: 'quick', slow_events: 0 },
    ])
    expect(seen[0]?.consumers[1]).not.toHaveProperty('slowest_ms')
  })

  it('C1.6 does not hold the process', () => {
    const referenced: (boolean | undefined)[] = []
    const { exchange } = world()
    const { environment } = exchange.options
    const upbit = createUpbit({
      ...exchange.options,
      environment: {
        ...environment,
        timer$: (delayMs, options) => {
          referenced.push(options?.referenced)
          return environment.timer$(delayMs, options)
        },
      },
    })
    upbit.metrics$.subscribe()
    expect(referenced).toEqual([false])
  })
})
