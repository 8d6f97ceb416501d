import { concat, EMPTY, interval, NEVER, Observable, of, Subject, throwError } from 'rxjs'
import { UpbitError } from '../../src/base/errors'
import type { ConsumeOptions } from '../../src/channels/consume'
import { consumeStream } from '../../src/channels/consume'
import type { GapEvent } from '../../src/channels/gap-event'
import type { UpbitSubscription } from '../../src/channels/handle'
import type { Counted } from '../../src/channels/hub'
import { tickerEvent } from './support/events'
import { ManualWork } from '../operators/support'
import { virtualTime } from '../support/virtual-time'

function setUp() {
  const time = virtualTime()
  const errors: UpbitError[] = []
  const gaps: GapEvent[] = []
  const members = new Map<Counted, () => void>()
  let names = 0
  const consume = <T>(
    stream$: Observable<T>,
    handler: (value: T) => unknown = () => undefined,
    options: ConsumeOptions<T> = {},
  ) =>
    consumeStream(
      () => ({
        environment: time.environment,
        error: (error) => errors.push(error),
        lost: (gap) => gaps.push(gap),
        nextName: () => `consume #${++names}`,
        count: (counted, end) => {
          members.set(counted, end)
          return { over: () => void members.delete(counted), landed: () => {}, dropped: () => {} }
        },
      }),
      stream$,
      handler,
      options,
    )
  return { time, errors, gaps, members, consume }
}

/** A source that says whether anybody is subscribed. */
function observed<T>(source$: Observable<T>) {
  const state = { subscribed: 0 }
  const stream$ = new Observable<T>((subscriber) => {
    state.subscribed++
    subscriber.add(() => state.subscribed--)
    return source$.subscribe(subscriber)
  })
  return { state, stream$ }
}

describe('consumeStream', () => {
  it('hands every value to the handler, and is closed when the stream has completed', () => {
    const { consume, errors } = setUp()
    const seen: number[] = []
    const consumer = consume(of(1, 2, 3), (value) => seen.push(value))
    expect(seen).toEqual([1, 2, 3])
    expect(consumer.closed).toBe(true)
    expect(consumer.tally).toMatchObject({ offered: 3, delivered: 3 })
    expect(errors).toEqual([])
  })

  it.each([
    ['empty', EMPTY, true],
    ['silent', NEVER, false],
  ])('of a stream that is %s', (_, stream$, closed) => {
    const { consume } = setUp()
    const consumer = consume(stream$)
    expect(consumer.closed).toBe(closed)
    expect(consumer.tally.offered).toBe(0)
  })

  it('C4.7 survives a handler that throws or rejects, and reports it by name', () => {
    const { consume, errors } = setUp()
    const stream = new Subject<number>()
    const work = new ManualWork()
    const consumer = consume(
      stream,
      (value) => {
        if (value === 1) throw new Error('thrown')
        return value === 2 ? work : undefined
      },
      { name: 'saver' },
    )
    stream.next(1)
    stream.next(2)
    work.fail('rejected')
    stream.next(3)
    expect(errors.map(({ code, consumer: of, message }) => [code, of, message])).toEqual([
      [
        'HANDLER_FAILED',
        'saver',
        expect.stringMatching(/^The handler of saver failed: thrown\. Thrown at .*consume\.spec\.ts/),
      ],
      ['HANDLER_FAILED', 'saver', 'The handler of saver failed: rejected.'],
    ])
    expect(consumer.closed).toBe(false)
    expect(consumer.tally).toMatchObject({ offered: 3, delivered: 1, failed: 2 })
  })

  it('gives one value at a time to asynchronous work, 1,024 wait, the oldest is dropped', () => {
    const { consume } = setUp()
    const stream = new Subject<number>()
    const consumer = consume(stream, () => new ManualWork())
    for (let i = 0; i < 1030; i++) stream.next(i)
    expect(consumer.tally).toMatchObject({ offered: 1030, pending: 1025, dropped: 5 })
  })

  it('an error of the stream is told after what waits, as it is or as STREAM_FAILED', () => {
    const { consume, errors } = setUp()
    const work = new ManualWork()
    const first = consume(
      concat(
        of(1),
        throwError(() => new Error('broken')),
      ),
      () => work,
    )
    expect([first.closed, errors.length]).toEqual([false, 0])
    work.succeed()
    expect(first.closed).toBe(true)
    const refused = new UpbitError('REJECTED', 'refused')
    consume(throwError(() => refused))
    expect(errors).toMatchObject([
      {
        code: 'STREAM_FAILED',
        consumer: 'consume #1',
        message: expect.stringMatching(/^The stream of consume #1 ended with an error: broken\./) as string,
      },
      { code: 'REJECTED' },
    ])
    expect(errors[1]).toBe(refused)
  })

  it('unsubscribe leaves the stream at once and discards what waits', () => {
    const { consume } = setUp()
    const source = new Subject<number>()
    const { state, stream$ } = observed(source)
    const consumer = consume(stream$, () => new ManualWork())
    source.next(1)
    source.next(2)
    expect(state.subscribed).toBe(1)
    consumer.unsubscribe()
    consumer.unsubscribe()
    expect(state.subscribed).toBe(0)
    expect(consumer.closed).toBe(true)
    expect(consumer.tally).toMatchObject({ offered: 2, discarded: 1, pending: 1 })
  })

  it('is disposable', () => {
    const { consume } = setUp()
    const { state, stream$ } = observed(NEVER)
    {
      using consumer = consume(stream$)
      expect(consumer.closed).toBe(false)
    }
    expect(state.subscribed).toBe(0)
  })

  it('under error leaves an endless synchronous stream with the first drop, and tells after what waits', () => {
    const { consume, errors } = setUp()
    const work: ManualWork[] = []
    let produced = 0
    const endless$ = new Observable<number>((subscriber) => {
      while (!subscriber.closed && produced < 1000) subscriber.next(++produced)
    })
    const consumer = consume(endless$, () => (work[work.length] = new ManualWork()), {
      name: 'ledger',
      buffer: { capacity: 2, overflow: 'error' },
    })
    expect(produced).toBe(4)
    expect(consumer.closed).toBe(false)
    for (let i = 0; i < work.length; i++) work[i]?.succeed()
    expect(consumer.closed).toBe(true)
    expect(errors).toMatchObject([{ code: 'BUFFER_OVERFLOW', consumer: 'ledger', option: 'buffer.capacity' }])
    expect(consumer.tally).toMatchObject({ offered: 4, delivered: 3, dropped: 1 })
  })

  it('a drop that is no end leaves nothing', () => {
    const { consume } = setUp()
    const { state, stream$ } = observed(concat(of(1, 2, 3), NEVER))
    const consumer = consume(stream$, () => new ManualWork(), { buffer: { capacity: 1 } })
    expect(state.subscribed).toBe(1)
    expect(consumer.tally).toMatchObject({ dropped: 1 })
  })

  it('C7 tells a run of drops as one gap by its name, from when nothing was missing', () => {
    const { consume, gaps, time } = setUp()
    const stream = new Subject<unknown>()
    const work = new ManualWork()
    const startMs = time.environment.now()
    consume(stream, () => work, { name: 'saver', buffer: { capacity: 1 } })
    time.pass(100)
    for (const value of [1, tickerEvent({ epoch: 2 }), tickerEvent({ epoch: 3 }), 4]) stream.next(value)
    time.pass(100)
    work.succeed()
    expect(gaps).toMatchObject([
      {
        phase: 'abandoned',
        cause: 'overflow',
        consumer: 'saver',
        count: 2,
        epochs: [2, 3],
        from_ms: startMs,
        to_ms: startMs + 200,
      },
    ])
  })

  it('C7 a gap of values without an epoch has epoch 0', () => {
    const { consume, gaps } = setUp()
    const consumer = consume(of(1, null, 'x', 4), () => new ManualWork(), { buffer: { capacity: 1 } })
    consumer.unsubscribe()
    expect(gaps).toMatchObject([{ count: 2, epochs: [0, 0] }])
  })

  it.each<[string, (stream: Subject<number>, consumer: UpbitSubscription) => void]>([
    ['unsubscribed', (_, consumer) => consumer.unsubscribe()],
    ['completed', (stream) => stream.complete()],
    ['failed', (stream) => stream.error(new Error('broken'))],
  ])('is counted until it is %s', (_, end) => {
    const { consume, members } = setUp()
    const stream = new Subject<number>()
    const consumer = consume(stream)
    expect([...members.keys()].map(({ name }) => name)).toEqual(['consume #1'])
    end(stream, consumer)
    expect(members.size).toBe(0)
  })

  it('who counts it can end it', () => {
    const { consume, members } = setUp()
    const { state, stream$ } = observed(NEVER)
    const consumer = consume(stream$)
    for (const end of members.values()) end()
    expect([consumer.closed, state.subscribed, members.size]).toEqual([true, 0, 0])
  })

  it('coalesces by keyOf, whose failure is reported as one of the handler', () => {
    const { consume, errors } = setUp()
    const notifier = new Subject<void>()
    const seen: string[] = []
    const stream = new Subject<string>()
    const consumer = consume(stream, (value) => seen.push(value), {
      buffer: {
        overflow: 'coalesce',
        keyOf: (value) => {
          if (value === 'bad') throw new Error('no key')
          return value[0]
        },
      },
      deliver: notifier,
    })
    for (const value of ['a1', 'b1', 'bad', 'a2']) stream.next(value)
    notifier.next()
    expect(seen).toEqual(['a2', 'b1'])
    expect(errors).toMatchObject([{ code: 'HANDLER_FAILED' }])
    expect(consumer.tally).toMatchObject({ offered: 4, delivered: 2, coalesced: 1, failed: 1 })
  })

  it('drops what waited longer than maxAgeMs', () => {
    const { consume, time } = setUp()
    const notifier = new Subject<void>()
    const stream = new Subject<number>()
    const consumer = consume(stream, undefined, { buffer: { maxAgeMs: 10 }, deliver: notifier })
    stream.next(1)
    time.pass(11)
    stream.next(2)
    notifier.next()
    expect(consumer.tally).toMatchObject({ offered: 2, dropped: 1, delivered: 1 })
  })

  it("deliver: 'task' and a notifier that fails", () => {
    const { consume, time, errors } = setUp()
    const later = consume(of(1, 2), undefined, { deliver: 'task' })
    expect(later.tally).toMatchObject({ pending: 2 })
    time.pass(0)
    expect(later.closed).toBe(true)
    const notifier = new Subject<void>()
    const paced = consume(concat(of(1), NEVER), undefined, { name: 'paced', deliver: notifier })
    notifier.error('gone')
    expect(errors).toMatchObject([{ code: 'STREAM_FAILED', message: 'The `deliver` of paced failed: gone.' }])
    expect(paced.tally).toMatchObject({ delivered: 1 })
  })

  it('a signal unsubscribes, from inside the handler of a synchronous stream too', () => {
    const { consume } = setUp()
    const abort = new AbortController()
    const seen: number[] = []
    const handler = (value: number): void => {
      seen.push(value)
      abort.abort()
    }
    const consumer = consume(of(1, 2, 3), handler, { signal: abort.signal })
    expect(seen).toEqual([1])
    expect(consumer.closed).toBe(true)
  })

  it('a signal that has aborted: nothing is subscribed', () => {
    const { consume } = setUp()
    const { state, stream$ } = observed(NEVER)
    const consumer = consume(stream$, undefined, { signal: AbortSignal.abort() })
    expect([state.subscribed, consumer.closed]).toEqual([0, true])
    consumer.unsubscribe()
  })

  it.each<[string, unknown, unknown, unknown, string]>([
    ['no stream', { subscribe: 1 }, () => {}, {}, 'stream$'],
    ['no handler', of(1), 'none', {}, 'handler'],
    ['no options', of(1), () => {}, 7, 'options'],
    ['unknown option', of(1), () => {}, { gaps: true }, 'gaps'],
    ['name', of(1), () => {}, { name: 7 }, 'name'],
    ['deliver', of(1), () => {}, { deliver: {} }, 'deliver'],
    ['signal', of(1), () => {}, { signal: true }, 'signal'],
    ['buffer', of(1), () => {}, { buffer: null }, 'buffer'],
    ['unknown option of the buffer', of(1), () => {}, { buffer: { key: 1 } }, 'buffer.key'],
    ['capacity', of(1), () => {}, { buffer: { capacity: -1 } }, 'buffer.capacity'],
    ['overflow', of(1), () => {}, { buffer: { overflow: 'x' } }, 'buffer.overflow'],
    ['maxAgeMs', of(1), () => {}, { buffer: { maxAgeMs: NaN } }, 'buffer.maxAgeMs'],
    ['coalesce without keyOf', of(1), () => {}, { buffer: { overflow: 'coalesce' } }, 'buffer.keyOf'],
    ['keyOf without coalesce', of(1), () => {}, { buffer: { keyOf: () => 1 } }, 'buffer.keyOf'],
  ])('C2.2 %s', (_, stream$, handler, options, option) => {
    const { consume } = setUp()
    const call = consume as (...given: unknown[]) => unknown
    expect(() => call(stream$, handler, options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error,
    )
  })

  it('names itself by number where no name was given', () => {
    const { consume } = setUp()
    expect(
      [consume(EMPTY), consume(EMPTY, undefined, { name: 'mine' }), consume(EMPTY)].map(({ name }) => name),
    ).toEqual(['consume #1', 'mine', 'consume #2'])
  })

  it('works on time of its own as well', () => {
    const { consume, time } = setUp()
    const seen: number[] = []
    const consumer = consume(interval(10, time.scheduler), (value) => seen.push(value))
    time.pass(35)
    consumer.unsubscribe()
    time.pass(100)
    expect(seen).toEqual([0, 1, 2])
  })
})
