import { concat, EMPTY, NEVER, Observable, of, pipe, range, Subject, tap, throwError, map } from 'rxjs'
import type { Tally } from '../../src/operators/delivery'
import { toAsyncIterable, type ToAsyncIterableOptions } from '../../src/operators/to-async-iterable'

const none: Tally = {
  offered: 0,
  delivered: 0,
  failed: 0,
  coalesced: 0,
  dropped: 0,
  discarded: 0,
  pending: 0,
}
const done = { done: true, value: undefined }
const value = <T>(of: T): IteratorResult<T> => ({ done: false, value: of })

async function collect<T>(iterable: AsyncIterable<T>): Promise<unknown[]> {
  const values: unknown[] = []
  try {
    for await (const each of iterable) values.push(each)
    values.push('end')
  } catch (error) {
    values.push({ error })
  }
  return values
}

/** An iterator over a subject, with its account. */
function open(options: ToAsyncIterableOptions<string> = {}) {
  const subject = new Subject<string>()
  let read = (): Tally => none
  const iterator = toAsyncIterable<string>({ onTally: (reader) => (read = reader), ...options })(subject)
  return { subject, iterator, tally: () => read() }
}

describe('toAsyncIterable', () => {
  it('C2.2 refuses a misspelt option at the call', () => {
    expect(() => toAsyncIterable({ capcity: 2 } as object)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        option: 'capcity',
        nextStep: 'Did you mean `capacity`?',
      }) as Error,
    )
  })

  describe('subscribes', () => {
    it('at the first next(), once', async () => {
      const subscribed = jest.fn()
      const iterator = toAsyncIterable<string>()(concat(of('a'), NEVER).pipe(tap({ subscribe: subscribed })))
      expect(subscribed).toHaveBeenCalledTimes(0)
      expect(await iterator.next()).toEqual(value('a'))
      void iterator.next()
      expect(subscribed).toHaveBeenCalledTimes(1)
    })

    it('for each application on its own', async () => {
      const sink = toAsyncIterable<number>()
      expect(await collect(sink(range(1, 2)))).toEqual([1, 2, 'end'])
      expect(await collect(sink(range(1, 2)))).toEqual([1, 2, 'end'])
    })

    it('never when it is left before the first next()', async () => {
      const { subject, iterator } = open()
      expect(await iterator.return?.()).toEqual(done)
      expect(await iterator.next()).toEqual(done)
      expect(subject.observed).toBe(false)
    })
  })

  describe('yields', () => {
    it.each([
      ['nothing', EMPTY, ['end']],
      ['one value', of(1), [1, 'end']],
      ['many values', range(1, 4), [1, 2, 3, 4, 'end']],
      ['an error', throwError(() => 'broken'), [{ error: 'broken' }]],
      [
        'values, then an error',
        concat(
          range(1, 2),
          throwError(() => 'broken'),
        ),
        [1, 2, { error: 'broken' }],
      ],
    ])('%s of a synchronous source', async (_case, source$: Observable<unknown>, expected) => {
      expect(await collect(toAsyncIterable()(source$))).toEqual(expected)
    })

    it('each value to the call that waits for it, in order', async () => {
      const { subject, iterator } = open()
      const calls = [iterator.next(), iterator.next(), iterator.next()]
      subject.next('a')
      subject.next('b')
      subject.complete()
      expect(await Promise.all(calls)).toEqual([value('a'), value('b'), done])
    })

    it('what came while the loop was busy', async () => {
      const { subject, iterator, tally } = open()
      const first = iterator.next()
      subject.next('a')
      subject.next('b')
      subject.next('c')
      await first
      expect(tally()).toEqual({ ...none, offered: 3, pending: 3 })
      expect(await iterator.next()).toEqual(value('b'))
      expect(tally()).toEqual({ ...none, offered: 3, delivered: 1, pending: 2 })
      expect(await iterator.next()).toEqual(value('c'))
    })

    it('as the end of a pipe', async () => {
      const even = pipe(
        map((n: number) => n * 2),
        toAsyncIterable<number>({ capacity: 4, overflow: 'error' }),
      )
      expect(await collect(even(range(1, 3)))).toEqual([2, 4, 6, 'end'])
    })
  })

  describe('when full', () => {
    it.each([
      ['drop-oldest', ['a', 'c', 'd', 'end'], { offered: 4, delivered: 3, dropped: 1 }],
      ['drop-newest', ['a', 'b', 'c', 'end'], { offered: 4, delivered: 3, dropped: 1 }],
      ['coalesce', ['a', 'd', 'end'], { offered: 4, delivered: 2, coalesced: 2 }],
    ] as const)('C6.1 %s', async (overflow, expected, counts) => {
      const { subject, iterator, tally } = open({ capacity: 2, overflow })
      const rest = collect(iterator)
      for (const each of ['a', 'b', 'c', 'd']) subject.next(each)
      subject.complete()
      expect(await rest).toEqual(expected)
      expect(tally()).toEqual({ ...none, ...counts })
    })

    it('C6.2 error leaves the source, yields what waits, then rejects', async () => {
      const { subject, iterator, tally } = open({ capacity: 2, overflow: 'error' })
      const rest = collect(iterator)
      for (const each of ['a', 'b', 'c']) subject.next(each)
      expect(subject.observed).toBe(true)
      subject.next('d')
      expect(subject.observed).toBe(false)
      expect(await rest).toEqual([
        'a',
        'b',
        'c',
        { error: expect.objectContaining({ code: 'BUFFER_OVERFLOW' }) },
      ])
      expect(tally()).toEqual({ ...none, offered: 4, delivered: 3, dropped: 1 })
    })

    it('holds 1,024 values and drops the oldest unless it is told otherwise', async () => {
      const dropped: number[] = []
      const iterator = toAsyncIterable<number>({ onDrop: (n) => dropped.push(n) })(range(0, 1027))
      expect(await iterator.next()).toEqual(value(0))
      expect(dropped).toEqual([1, 2])
    })

    it('drops what has waited longer than maxAgeMs', async () => {
      let nowMs = 0
      const environment = { now: () => nowMs } as ToAsyncIterableOptions<string>['environment']
      const { subject, iterator } = open({ maxAgeMs: 10, environment })
      const first = iterator.next()
      subject.next('a')
      subject.next('b')
      nowMs = 11
      subject.next('c')
      await first
      expect(await iterator.next()).toEqual(value('c'))
    })
  })

  describe('ends', () => {
    it('after what waits, and stays ended', async () => {
      const { subject, iterator } = open()
      const first = iterator.next()
      subject.next('a')
      subject.next('b')
      subject.complete()
      await first
      expect(await iterator.next()).toEqual(value('b'))
      expect(await iterator.next()).toEqual(done)
      expect(await iterator.next()).toEqual(done)
    })

    it('answers every call that waits: the first with the error, the others with the end', async () => {
      const { subject, iterator } = open()
      const calls = [iterator.next(), iterator.next()]
      subject.error('broken')
      expect(await Promise.allSettled(calls)).toEqual([
        { status: 'rejected', reason: 'broken' },
        { status: 'fulfilled', value: done },
      ])
      expect(await iterator.next()).toEqual(done)
    })

    it.each([
      ['keyOf', { overflow: 'coalesce', keyOf: thrower }],
      ['onDrop', { capacity: 1, onDrop: thrower }],
    ] satisfies [string, ToAsyncIterableOptions<string>][])(
      'at once with what %s throws',
      async (_name, options) => {
        const { subject, iterator } = open(options)
        const first = iterator.next()
        for (const each of ['a', 'b', 'c']) subject.next(each)
        expect(subject.observed).toBe(false)
        expect(await first).toEqual(value('a'))
        await expect(iterator.next()).rejects.toThrow('thrown')
        expect(await iterator.next()).toEqual(done)
      },
    )

    it('at once with what onTally throws, without subscribing', async () => {
      const { subject, iterator } = open({ onTally: thrower })
      await expect(iterator.next()).rejects.toThrow('thrown')
      expect(subject.observed).toBe(false)
    })
  })

  describe('is left', () => {
    it('C2.4 at once when the loop ends, and discards what waits', async () => {
      const left = jest.fn()
      let read = (): Tally => none
      const source$ = concat(range(1, 5), NEVER).pipe(tap({ unsubscribe: left }))
      for await (const n of toAsyncIterable<number>({ onTally: (reader) => (read = reader) })(source$)) {
        if (n === 2) break
      }
      expect(left).toHaveBeenCalledTimes(1)
      expect(read()).toEqual({ ...none, offered: 5, delivered: 2, discarded: 3 })
    })

    it('ends the calls that still wait', async () => {
      const { subject, iterator } = open()
      const waiting = iterator.next()
      expect(await iterator.return?.()).toEqual(done)
      expect(await waiting).toEqual(done)
      expect(subject.observed).toBe(false)
    })

    it('forgets an error that nobody has taken', async () => {
      const { subject, iterator } = open()
      const first = iterator.next()
      subject.next('a')
      subject.error('broken')
      await first
      expect(await iterator.return?.()).toEqual(done)
      expect(await iterator.next()).toEqual(done)
    })

    it('by throw(), which rejects with the error given', async () => {
      const { subject, iterator } = open()
      void iterator.next()
      await expect(iterator.throw?.(new Error('mine'))).rejects.toThrow('mine')
      expect(subject.observed).toBe(false)
      expect(await iterator.next()).toEqual(done)
    })

    it('leaves an endless synchronous source at the overflow', async () => {
      let produced = 0
      const endless$ = new Observable<number>((subscriber) => {
        while (!subscriber.closed && produced < 100) subscriber.next(produced++)
      })
      const heard = await collect(toAsyncIterable<number>({ capacity: 3, overflow: 'error' })(endless$))
      expect(heard).toEqual([0, 1, 2, 3, { error: expect.objectContaining({ code: 'BUFFER_OVERFLOW' }) }])
      expect(produced).toBe(5)
    })
  })

  it.each([
    ['capacity', { capacity: 0 }],
    ['overflow', { overflow: 'latest' as never }],
    ['keyOf', { keyOf: () => 1 }],
  ])('C2.2 checks %s at the call', (option, options) => {
    expect(() => toAsyncIterable(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option }),
    )
  })

  it('carries its brand, of the process, so that a stream type can tell it from an operator', () => {
    expect(toAsyncIterable()).toHaveProperty([Symbol.for('upbit-rx/async-iterable-sink')], true)
  })
})

function thrower(): never {
  throw new Error('thrown')
}
