import { Subject, throwError } from 'rxjs'
import type { UpbitError } from '../../src/base/errors'
import type { ConsumerConfig, Delivered } from '../../src/channels/consumer-config'
import { Consumer } from '../../src/channels/consumer'
import type { GapEvent } from '../../src/channels/gap-event'
import type { EventKind } from '../../src/protocol/events'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'
import { ManualWork } from '../operators/support'
import { virtualTime } from '../support/virtual-time'
import { candleEvent, orderbookEvent, tickerEvent, tradeEvent } from './support/events'
import { consumerHost } from './support/lane-world'

interface Given {
  readonly kind?: EventKind
  readonly keys?: readonly StreamKey[]
  readonly options?: ConsumerConfig['options']
  readonly handler?: (event: Delivered) => unknown
}

const ticker = streamKey('ticker', 'KRW-BTC')
const eth = streamKey('ticker', 'KRW-ETH')
const trade = streamKey('trade', 'KRW-BTC')

function setUp({ kind = 'ticker', keys = [ticker], options = {}, handler = () => undefined }: Given = {}) {
  const time = virtualTime()
  const log: string[] = []
  const got: Delivered[] = []
  const gaps: GapEvent[] = []
  const problems: UpbitError[] = []
  let error: UpbitError | undefined
  const config: ConsumerConfig = {
    kind,
    keys,
    options: { name: 'spec', ...options },
    owner: {},
    target: {
      next: (event) => {
        got.push(event)
        return handler(event)
      },
      failed: (cause) => log.push(`failed ${String(cause)}`),
      complete: () => log.push('complete'),
      error: (given) => {
        error = given
        log.push(`error ${given.code}`)
      },
    },
  }
  const host = consumerHost({
    environment: time.environment,
    lost: (gap) => gaps.push(gap),
    leave: () => log.push('leave'),
    over: () => log.push('over'),
    problem: (problem) => problems.push(problem),
  })
  const consumer = new Consumer(config, host, 1)
  return { consumer, time, log, got, gaps, problems, lastError: () => error }
}

const rejected = { code: 'REJECTED' } as UpbitError
const another = { code: 'AUTH_REFUSED' } as UpbitError

describe('Consumer', () => {
  it('C7 unreadable frames behind a stuck handler do not pile up', () => {
    const work = new ManualWork()
    const stuck = [work]
    const { consumer, got } = setUp({
      kind: 'trade',
      keys: [trade],
      options: { gaps: true },
      handler: () => stuck.pop(),
    })
    consumer.offer(tradeEvent())
    for (let i = 0; i < 10_000; i++) {
      consumer.offer(tradeEvent())
      consumer.notice({
        type: 'gap',
        id: `${i}`,
        phase: 'abandoned',
        cause: 'undecodable',
        event: 'trade',
        code: 'KRW-BTC',
        epochs: [1, 1],
        from_ms: i,
        to_ms: i,
        count: 1,
      })
    }
    work.succeed()
    expect(got.filter((event) => event.type === 'gap' && event.cause === 'undecodable')).toMatchObject([
      { id: '0', from_ms: 0, to_ms: 9999, count: 10_000 },
    ])
  })

  it('delivers at once while its callback is synchronous', () => {
    const { consumer, got } = setUp()
    const event = tickerEvent()
    consumer.offer(event)
    expect(got).toEqual([event])
    expect(got[0]).toBe(event)
  })

  describe('its end', () => {
    it('by failure with nothing waiting: leaves, is over, then the error', () => {
      const { consumer, log } = setUp()
      consumer.fail(rejected)
      expect(log).toEqual(['leave', 'over', 'error REJECTED'])
      expect([consumer.isOpen, consumer.isOver]).toEqual([false, true])
    })

    it('by failure while a promise is pending: leaves at once, errors after what waits', () => {
      const work = [new ManualWork(), new ManualWork()]
      const { consumer, log, got } = setUp({
        kind: 'trade',
        keys: [trade],
        handler: () => work[got.length - 1],
      })
      consumer.offer(tradeEvent())
      consumer.offer(tradeEvent())
      consumer.fail(rejected)
      expect(log).toEqual(['leave'])
      expect([consumer.isOpen, consumer.isOver]).toEqual([false, false])
      // Off its routes: what a fan-out under way still brings is not for it.
      consumer.offer(tradeEvent())
      work[0]?.succeed()
      expect(got).toHaveLength(2)
      expect(log).toEqual(['leave'])
      work[1]?.succeed()
      expect(log).toEqual(['leave', 'over', 'error REJECTED'])
      expect(consumer.tally).toMatchObject({ offered: 2, delivered: 2, discarded: 0, pending: 0 })
    })

    it('by the first of several failures', () => {
      const work = new ManualWork()
      const { consumer, log } = setUp({ handler: () => work })
      consumer.offer(tickerEvent())
      consumer.fail(rejected)
      consumer.fail(another)
      work.succeed()
      consumer.fail(another)
      expect(log).toEqual(['leave', 'over', 'error REJECTED'])
    })

    it('by the application: discards, and its target is told nothing', () => {
      const { consumer, log } = setUp({ handler: () => new ManualWork() })
      consumer.offer(tickerEvent())
      consumer.offer(tickerEvent({ ms: 1 }))
      consumer.discard()
      consumer.discard()
      expect(log).toEqual(['leave', 'over'])
      expect(consumer.tally).toMatchObject({ offered: 2, discarded: 1, pending: 1 })
    })

    it('by the application while it is failing: leaves once, and no error comes', () => {
      const work = new ManualWork()
      const { consumer, log } = setUp({ handler: () => work })
      consumer.offer(tickerEvent())
      consumer.fail(rejected)
      consumer.discard()
      work.succeed()
      expect(log).toEqual(['leave', 'over'])
      expect(consumer.tally).toMatchObject({ offered: 1, delivered: 1 })
    })

    it('from inside its own callback', () => {
      const { consumer, log, got } = setUp({ handler: () => consumer.discard() })
      consumer.offer(tickerEvent())
      consumer.offer(tickerEvent())
      expect(got).toHaveLength(1)
      expect(log).toEqual(['leave', 'over'])
      expect(consumer.tally).toMatchObject({ offered: 1, delivered: 1, discarded: 0 })
    })

    it('by overflow under error: leaves with the first drop, errors after what waits', () => {
      const work: ManualWork[] = []
      const { consumer, log, lastError, gaps } = setUp({
        kind: 'trade',
        keys: [trade],
        options: { buffer: { capacity: 1, overflow: 'error' } },
        handler: () => (work[work.length] = new ManualWork()),
      })
      for (let i = 0; i < 4; i++) consumer.offer(tradeEvent())
      expect(log).toEqual(['leave'])
      consumer.fail(rejected)
      for (let i = 0; i < work.length; i++) work[i]?.succeed()
      expect(log).toEqual(['leave', 'over', 'error BUFFER_OVERFLOW'])
      expect(lastError()).toMatchObject({ consumer: 'spec', option: 'buffer.capacity' })
      expect(consumer.tally).toMatchObject({ offered: 3, delivered: 2, dropped: 1 })
      expect(gaps).toMatchObject([{ cause: 'overflow', count: 1 }])
    })

    it('an event too old under error is dropped, and that is no end', () => {
      const notifier = new Subject<void>()
      const { consumer, log, time } = setUp({
        kind: 'trade',
        keys: [trade],
        options: { buffer: { overflow: 'error', maxAgeMs: 10 }, deliver: notifier },
      })
      consumer.offer(tradeEvent())
      time.pass(11)
      notifier.next()
      expect(consumer.tally).toMatchObject({ offered: 1, dropped: 1 })
      expect(log).toEqual([])
      expect(consumer.isOpen).toBe(true)
    })
  })

  describe("only: 'snapshot'", () => {
    const options = { only: 'snapshot' } as const

    it('takes the first event of each code, leaves with the last of them and completes', () => {
      const { consumer, log, got } = setUp({ keys: [ticker, eth], options })
      consumer.offer(tickerEvent({ ms: 1 }))
      consumer.offer(tickerEvent({ ms: 2 }))
      expect(log).toEqual([])
      consumer.offer(tickerEvent({ ms: 3 }, { code: 'KRW-ETH' }))
      expect(log).toEqual(['leave', 'over', 'complete'])
      expect(got).toHaveLength(2)
      expect(consumer.tally).toMatchObject({ offered: 2, delivered: 2 })
    })

    it('completes after its promise, though it left before', () => {
      const work = new ManualWork()
      const { consumer, log } = setUp({ options, handler: () => work })
      consumer.offer(tickerEvent())
      expect(log).toEqual(['leave'])
      // It has all it wanted: a failure of its routes is no failure of it.
      consumer.fail(rejected)
      work.succeed()
      expect(log).toEqual(['leave', 'over', 'complete'])
    })

    it('ends in the callback of the last one without completing, when that leaves', () => {
      const { consumer, log } = setUp({ options, handler: () => consumer.discard() })
      consumer.offer(tickerEvent())
      expect(log).toEqual(['leave', 'over'])
    })

    it('tells two groupings of a book apart', () => {
      const { consumer, log } = setUp({
        kind: 'orderbook',
        keys: [streamKey('orderbook', 'KRW-BTC', 10)],
        options: { ...options, level: 10 },
      })
      consumer.offer(orderbookEvent())
      expect(log).toEqual([])
      consumer.offer(orderbookEvent({}, { level: 10 }))
      expect(log).toEqual(['leave', 'over', 'complete'])
    })
  })

  it("only: 'realtime' is offered no SNAPSHOT, and takes no memory", () => {
    const { consumer, got } = setUp({ options: { only: 'realtime' } })
    expect(consumer.takesMemory).toBe(false)
    expect(setUp().consumer.takesMemory).toBe(true)
    consumer.offer(tickerEvent({}, { stream_type: 'SNAPSHOT' }))
    consumer.offer(tickerEvent())
    expect(got).toHaveLength(1)
    expect(consumer.tally).toMatchObject({ offered: 1 })
  })

  it('units cuts a copy, and leaves what is short enough as it is', () => {
    const options = { units: 2 }
    const { consumer, got } = setUp({
      kind: 'orderbook',
      keys: [streamKey('orderbook', 'KRW-BTC')],
      options,
    })
    const book = orderbookEvent()
    const short = orderbookEvent({}, { orderbook_units: book.orderbook_units.slice(0, 2) })
    consumer.offer(book)
    consumer.offer(short)
    expect(book.orderbook_units).toHaveLength(30)
    expect(got[0]).toEqual({ ...book, orderbook_units: book.orderbook_units.slice(0, 2) })
    expect(got[1]).toBe(short)
  })

  describe('gaps', () => {
    const gap = { type: 'gap', id: 'g', phase: 'opened' } as GapEvent

    it('are in band only for who asked, and not when it has left', () => {
      const asking = setUp({ options: { gaps: true }, handler: () => undefined })
      const other = setUp()
      for (const { consumer } of [asking, other]) {
        consumer.notice(gap)
        consumer.discard()
        consumer.notice(gap)
      }
      expect(asking.got).toEqual([gap])
      expect(other.got).toEqual([])
      expect(asking.consumer.tally).toMatchObject({ offered: 0 })
    })

    it('of drops name the consumer, how many and from when to when', () => {
      const notifier = new Subject<void>()
      const { consumer, got, gaps } = setUp({
        kind: 'orderbook',
        keys: [streamKey('orderbook', 'KRW-BTC', 10)],
        options: {
          level: 10,
          gaps: true,
          deliver: notifier,
          buffer: { capacity: 1, overflow: 'drop-oldest' },
        },
      })
      const books = [1, 2, 3, 4].map((ms) => orderbookEvent({ ms, epoch: ms }, { level: 10 }))
      for (const book of books) consumer.offer(book)
      notifier.next()
      expect(gaps).toEqual([
        {
          type: 'gap',
          id: expect.any(String) as string,
          phase: 'abandoned',
          cause: 'overflow',
          event: 'orderbook',
          code: 'KRW-BTC',
          level: 10,
          epochs: [1, 3],
          from_ms: books[0]?.received_at,
          to_ms: books[2]?.received_at,
          count: 3,
          consumer: 'spec',
        },
      ])
      expect(got).toEqual([gaps[0], books[3]])
    })

    it('of drops are told when it leaves before their place is reached', () => {
      const { consumer, got, gaps } = setUp({
        kind: 'trade',
        keys: [trade, streamKey('trade', 'KRW-ETH')],
        options: { gaps: true, deliver: new Subject(), buffer: { capacity: 1 } },
      })
      for (let ms = 0; ms < 3; ms++) consumer.offer(tradeEvent({ ms }))
      consumer.discard()
      expect(gaps).toMatchObject([{ count: 2, consumer: 'spec' }])
      expect(gaps[0]).not.toHaveProperty('code')
      expect(got).toEqual([])
    })
  })

  it('C5.2 coalesces candles by period', () => {
    const notifier = new Subject<void>()
    const { consumer, got } = setUp({
      kind: 'candle',
      keys: [streamKey('candle.1m', 'KRW-BTC')],
      options: { deliver: notifier },
    })
    const states = [1, 2, 60_001, 3, 60_002].map((ms) => candleEvent({ ms }))
    for (const state of states) consumer.offer(state)
    notifier.next()
    expect(got).toEqual([states[3], states[4]])
  })

  it('C6.1 candles that wait are bounded: 64 periods a code', () => {
    const { consumer } = setUp({
      kind: 'candle',
      keys: [streamKey('candle.1m', 'KRW-BTC')],
      options: { deliver: new Subject() },
    })
    for (let period = 0; period < 70; period++) consumer.offer(candleEvent({ ms: period * 60_000 }))
    expect(consumer.tally).toMatchObject({ offered: 70, pending: 64, dropped: 6 })
  })

  it('a deliver that fails, at its first subscription even, is a problem and no end', () => {
    const { consumer, got, problems, log } = setUp({
      options: { deliver: throwError(() => new Error('broken')) },
    })
    consumer.offer(tickerEvent())
    expect(problems).toMatchObject([
      {
        code: 'STREAM_FAILED',
        consumer: 'spec',
        message: expect.stringMatching(/^The `deliver` of spec failed: broken\./) as string,
      },
    ])
    expect(got).toHaveLength(1)
    expect(log).toEqual([])
  })

  it('what its callback throws goes to `failed`, and the next event follows', () => {
    const { consumer, log } = setUp({
      handler: () => {
        throw new Error('a bug')
      },
    })
    consumer.offer(tickerEvent())
    consumer.offer(tickerEvent())
    expect(log).toEqual(['failed Error: a bug', 'failed Error: a bug'])
    expect(consumer.tally).toMatchObject({ offered: 2, failed: 2 })
  })
})
