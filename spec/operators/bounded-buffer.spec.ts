import {
  animationFrameScheduler,
  BehaviorSubject,
  concat,
  defer,
  EMPTY,
  NEVER,
  Observable,
  of,
  range,
  Subject,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs'
import { realEnvironment } from '../../src/base/environment'
import { boundedBuffer, type BoundedBufferOptions } from '../../src/operators/bounded-buffer'
import type { Overflow, Tally } from '../../src/operators/delivery'
import { marbles } from './support'

const none: Tally = {
  offered: 0,
  delivered: 0,
  failed: 0,
  coalesced: 0,
  dropped: 0,
  discarded: 0,
  pending: 0,
}
const roomy = { capacity: 8, overflow: 'drop-oldest' } as const

/** Everything that a subscriber hears, the end included. */
function collect<T>(source$: Observable<T>): unknown[] {
  const heard: unknown[] = []
  source$.subscribe({
    next: (value) => heard.push(value),
    error: (error: unknown) => heard.push({ error }),
    complete: () => heard.push('complete'),
  })
  return heard
}

describe('boundedBuffer', () => {
  describe('mirrors the source while nothing holds the consumer up', () => {
    it.each([
      ['that never emits', '---------  ', '^--------  '],
      ['that is empty', '   ---|       ', '^--!       '],
      ['of one value', '    ---a--|    ', '^-----!    '],
      ['of many values', '  -a-(bc)-d-|', '^---------!'],
      ['that errors', '     -a-#       ', '^--!       '],
      ['that never ends', '  -a-b-c-d-  ', '^--------  '],
    ])('%s', (_case, source, subscription) => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold(source)
        expectObservable(source$.pipe(boundedBuffer(roomy))).toBe(source)
        expectSubscriptions(source$.subscriptions).toBe(subscription.trim())
      })
    })

    it('until it is unsubscribed', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold('                             -a-b-c-d-')
        expectObservable(source$.pipe(boundedBuffer(roomy)), '----!').toBe('-a-b-')
        expectSubscriptions(source$.subscriptions).toBe('            ^---!')
      })
    })
  })

  describe('emits', () => {
    it('all that waits at each emission of a notifier', () => {
      marbles(({ hot, expectObservable }) => {
        const source$ = hot('-a-b-c---d-----|')
        const ready$ = hot(' ------x----x----')
        const result = '     ------(abc)d---|'
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: ready$ }))).toBe(result)
      })
    })

    it('as its page and its doc comment draw it', () => {
      marbles(({ hot, expectObservable }) => {
        const paged$ = hot('1-2-3-4-5-----|')
        const ready$ = hot('------x------x-')
        const result = '    ------(34)---5|'
        const options = { capacity: 2, overflow: 'drop-oldest' } as const
        expectObservable(paged$.pipe(boundedBuffer({ ...options, ready: ready$ }))).toBe(result)
        const noted$ = hot('     1-2-3-4-5-------|')
        const notedReady$ = hot('----x------x----')
        const notedResult = '    ----(23)---(45)-|'
        expectObservable(noted$.pipe(boundedBuffer({ ...options, ready: notedReady$ }))).toBe(notedResult)
      })
    })

    it('at once after the notifier has completed', () => {
      marbles(({ hot, expectObservable }) => {
        const source$ = hot('-a-b-----c--|')
        const ready$ = hot(' ----|        ')
        const result = '     ----(ab)-c--|'
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: ready$ }))).toBe(result)
      })
    })

    it('all that waits in a turn of a scheduler: a frame of the screen', () => {
      marbles(({ hot, animate, expectObservable }) => {
        animate('            ----x----x----x')
        const source$ = hot('-ab---c----|   ')
        const result = '     ----(ab)-c-|   '
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: animationFrameScheduler }))).toBe(
          result,
        )
      })
    })

    it('each value when the work for the one before has completed', () => {
      marbles(({ cold, expectObservable }) => {
        const source$ = cold('-abc-----|  ')
        const result = '      -a--b--c--|'
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: { work: () => timer(3) } }))).toBe(
          result,
        )
      })
    })

    it('without waiting for work that has completed when it returns', () => {
      marbles(({ cold, expectObservable }) => {
        const source$ = cold('-a-(bc)|')
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: { work: () => of(1, 2) } }))).toBe(
          '                   -a-(bc)|',
        )
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: { work: () => undefined } }))).toBe(
          '                   -a-(bc)|',
        )
      })
    })

    it('after the promise of the work has resolved', async () => {
      const started: number[] = []
      const heard = collect(
        range(1, 3).pipe(boundedBuffer({ ...roomy, ready: { work: async (n) => void started.push(n) } })),
      )
      expect(heard).toEqual([1])
      await new Promise((resolve) => setImmediate(resolve))
      expect(heard).toEqual([1, 2, 3, 'complete'])
      expect(started).toEqual([1, 2, 3])
    })

    it('C4.6 what its consumer causes after the current value', () => {
      const sourceSubject = new Subject<number>()
      const heard: string[] = []
      sourceSubject
        .pipe(
          boundedBuffer(roomy),
          tap((n) => heard.push(`begin ${n}`)),
        )
        .subscribe((n) => {
          if (n < 3) sourceSubject.next(n + 1)
          heard.push(`end ${n}`)
        })
      sourceSubject.next(1)
      expect(heard).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3'])
    })

    it('to each subscriber from a buffer of its own', () => {
      marbles(({ hot, cold, expectObservable }) => {
        const source$ = hot('-a-b-c-d--|    ')
        const slow$ = source$.pipe(
          boundedBuffer({ capacity: 1, overflow: 'drop-oldest', ready: { work: () => timer(5) } }),
        )
        expectObservable(slow$).toBe('            -a----c----d----|')
        expectObservable(slow$, '----^      ').toBe('-----c----d----|')
        expectObservable(cold('|').pipe(boundedBuffer(roomy))).toBe('|')
      })
    })
  })

  describe('when full', () => {
    const keys: Record<string, number> = { a: 1, b: 2, c: 1, d: 3 }
    type Row = readonly [Overflow, fill: string, emitted: string, Partial<Tally>]
    const rows: readonly Row[] = [
      ['drop-oldest', 'room', 'ab', { offered: 2, delivered: 2 }],
      ['drop-oldest', 'full', 'bc', { offered: 3, delivered: 2, dropped: 1 }],
      ['drop-oldest', 'full twice', 'cd', { offered: 4, delivered: 2, dropped: 2 }],
      ['drop-newest', 'room', 'ab', { offered: 2, delivered: 2 }],
      ['drop-newest', 'full', 'ab', { offered: 3, delivered: 2, dropped: 1 }],
      ['drop-newest', 'full twice', 'ab', { offered: 4, delivered: 2, dropped: 2 }],
      ['coalesce', 'room', 'ab', { offered: 2, delivered: 2 }],
      ['coalesce', 'full', 'cb', { offered: 3, delivered: 2, coalesced: 1 }],
      ['coalesce', 'full twice', 'bd', { offered: 4, delivered: 2, coalesced: 1, dropped: 1 }],
      ['error', 'room', 'ab', { offered: 2, delivered: 2 }],
      ['error', 'full', 'ab', { offered: 3, delivered: 2, dropped: 1 }],
      ['error', 'full twice', 'ab', { offered: 3, delivered: 2, dropped: 1 }],
    ]
    const sources: Record<string, string> = {
      room: '      -a-b-----',
      full: '      -a-b-c---',
      'full twice': '-a-b-c-d-',
    }
    const table = rows.flatMap(([overflow, fill, emitted, counts]) =>
      (['complete', 'error', 'unsubscribe'] as const).map(
        (end) => [overflow, fill, end, emitted, counts] as const,
      ),
    )

    it.each(table)('%s, %s, then %s: emits %s', (overflow, fill, end, emitted, counts) => {
      const dropped: string[] = []
      let read = (): Tally => none
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const source$ = hot(
          `${sources[fill]!.trim()}${{ complete: '|', error: '#', unsubscribe: '--' }[end]}`,
        )
        const ready$ = hot('  ------------x')
        const options: BoundedBufferOptions<string> = {
          capacity: 2,
          overflow,
          keyOf: overflow === 'coalesce' ? (value) => keys[value] : undefined,
          ready: ready$,
          onDrop: (value) => dropped.push(value),
          onTally: (reader) => (read = reader),
        }
        const overflows = overflow === 'error' && fill !== 'room'
        const error = overflows ? expect.objectContaining({ code: 'BUFFER_OVERFLOW' }) : 'error'
        const last = overflows || end === 'error' ? '#' : '|'
        const result$ = source$.pipe(boundedBuffer(options))
        if (end === 'unsubscribe') {
          expectObservable(result$, '----------!').toBe('-----------')
          expectSubscriptions(source$.subscriptions).toBe(overflows ? '^----!' : '^---------!')
        } else {
          expectObservable(result$).toBe(`------------(${emitted}${last})`, undefined, error)
          expectSubscriptions(source$.subscriptions).toBe(overflows ? '^----!' : '^--------!')
        }
      })
      const left = end === 'unsubscribe' ? { delivered: 0, discarded: 2 } : {}
      expect(read()).toEqual({ ...none, ...counts, ...left })
      expect(dropped).toHaveLength(counts.dropped ?? 0)
    })

    it('names the capacity and the option to change', () => {
      const heard = collect(
        range(1, 3).pipe(boundedBuffer({ capacity: 1, overflow: 'error', ready: { work: () => NEVER } })),
      )
      expect(heard).toEqual([1])
      const readySubject = new Subject<void>()
      const later = collect(
        range(1, 9).pipe(boundedBuffer({ capacity: 1, overflow: 'error', ready: readySubject })),
      )
      readySubject.next()
      expect(later).toEqual([
        1,
        {
          error: expect.objectContaining({
            option: 'capacity',
            message: expect.stringContaining('buffer of 1 values'),
          }),
        },
      ])
    })

    it('leaves an endless synchronous source at the overflow', () => {
      let produced = 0
      const endless$ = new Observable<number>((subscriber) => {
        while (!subscriber.closed && produced < 100) subscriber.next(produced++)
      })
      collect(endless$.pipe(boundedBuffer({ capacity: 3, overflow: 'error', ready: NEVER })))
      expect(produced).toBe(4)
    })

    it('lets work that is running finish before the overflow error', () => {
      marbles(({ cold, expectObservable }) => {
        const result$ = cold('-abc---').pipe(
          boundedBuffer({ capacity: 1, overflow: 'error', ready: { work: () => timer(4) } }),
        )
        expectObservable(result$).toBe(
          '                   -a---b---#',
          undefined,
          expect.objectContaining({ code: 'BUFFER_OVERFLOW' }),
        )
      })
    })
  })

  describe('drops when too old', () => {
    it('C6.1 what has waited longer than maxAgeMs, by the clock of the environment', () => {
      marbles(({ hot, expectObservable }) => {
        const dropped: unknown[] = []
        const source$ = hot('-a----b-----c-|')
        const ready$ = hot(' ---------x---x-')
        const result = '     ---------b---c|'
        const onDrop = (...drop: unknown[]): number => dropped.push(drop)
        expectObservable(
          source$.pipe(
            boundedBuffer({ ...roomy, maxAgeMs: 5, ready: ready$, onDrop, environment: realEnvironment }),
            tap({ complete: () => expect(dropped).toEqual([['a', 'expired']]) }),
          ),
        ).toBe(result)
      })
    })
  })

  describe('completes', () => {
    it('after what waits and the last work', () => {
      marbles(({ cold, expectObservable }) => {
        const work = { work: () => timer(4) }
        expectObservable(cold('-ab|').pipe(boundedBuffer({ ...roomy, ready: work }))).toBe('-a---b---|')
      })
    })
  })

  describe('errors', () => {
    it("with the source's error, after what waits and the last work", () => {
      marbles(({ cold, expectObservable }) => {
        const work = { work: () => timer(4) }
        expectObservable(cold('-ab#').pipe(boundedBuffer({ ...roomy, ready: work }))).toBe('-a---b---#')
      })
    })

    it('at once with what the work fails with', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold('-abc------|')
        const failing = {
          work: () =>
            concat(
              timer(3),
              throwError(() => 'error'),
            ),
        }
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: failing }))).toBe('-a--#')
        expectSubscriptions(source$.subscriptions).toBe('^---!')
      })
    })

    it.each([
      ['work that throws', { ready: { work: thrower } }],
      ['work that is nothing to wait for', { ready: { work: () => 5 as never } }],
      ['keyOf', { overflow: 'coalesce', keyOf: thrower, ready: NEVER }],
      ['onDrop', { capacity: 1, onDrop: thrower, ready: NEVER }],
      ['onTally', { onTally: thrower }],
      ['a notifier that fails', { ready: throwError(() => new Error('thrown')) }],
    ] satisfies [string, Partial<BoundedBufferOptions<number>>][])(
      'at once with the error of %s',
      (name, options) => {
        const left = jest.fn()
        const source$ = concat(range(1, 3), NEVER).pipe(tap({ unsubscribe: left }))
        const heard = collect(source$.pipe(boundedBuffer<number>({ ...roomy, ...options })))
        const message = name.includes('nothing') ? expect.stringContaining('5') : 'thrown'
        expect(heard.at(-1)).toEqual({ error: expect.objectContaining({ message }) })
        expect(heard).toHaveLength(name.startsWith('work') ? 2 : 1)
        // What is subscribed must be left; onTally and the notifier fail before it comes to that.
        const early = name === 'onTally' || name.startsWith('a notifier')
        expect(left).toHaveBeenCalledTimes(early ? 0 : 1)
      },
    )

    it('with a notifier that fails later', () => {
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const source$ = hot('-a-b-c-d-')
        const ready$ = hot(' ----x---#')
        expectObservable(source$.pipe(boundedBuffer({ ...roomy, ready: ready$ }))).toBe('----(ab)#')
        expectSubscriptions(source$.subscriptions).toBe('^-------!')
      })
    })
  })

  describe('unsubscribing', () => {
    it('stops the work, discards what waits and leaves the source', () => {
      marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
        const source$ = cold('        -a-b-c-d-')
        const work$ = cold('          ---------')
        const unsubscribed = '        ------!  '
        let read = (): Tally => none
        const options = {
          ...roomy,
          ready: { work: () => work$ },
          onTally: (reader: () => Tally) => (read = reader),
        }
        expectObservable(source$.pipe(boundedBuffer(options)), unsubscribed).toBe('-a-----')
        expectSubscriptions(source$.subscriptions).toBe('^-----!')
        expectSubscriptions(work$.subscriptions).toBe('-^----!')
        flush()
        expect(read()).toEqual({ ...none, offered: 3, discarded: 3 })
      })
    })

    it('leaves a synchronous source at once', () => {
      const produced: number[] = []
      const source$ = range(1, 1000).pipe(tap((n) => produced.push(n)))
      expect(collect(source$.pipe(boundedBuffer(roomy), take(3)))).toEqual([1, 2, 3, 'complete'])
      expect(produced).toEqual([1, 2, 3])
    })

    it('inside the emission begins no work for that value', () => {
      const work = jest.fn(() => EMPTY)
      collect(new BehaviorSubject(1).pipe(boundedBuffer({ ...roomy, ready: { work } }), take(1)))
      expect(work).toHaveBeenCalledTimes(0)
    })

    it('leaves the notifier', () => {
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const ready$ = hot('---x---x---')
        const result$ = hot('-a---------').pipe(boundedBuffer({ ...roomy, ready: ready$ }))
        expectObservable(result$, '------!').toBe('---a---')
        expectSubscriptions(ready$.subscriptions).toBe('^-----!')
      })
    })

    it.each([
      [
        'inside the function begins no work',
        (stop: () => void, work$: Observable<never>) => {
          stop()
          return work$
        },
        { delivered: 1 },
      ],
      [
        'inside the work stops that work',
        (stop: () => void, work$: Observable<never>) =>
          defer(() => {
            stop()
            return work$
          }),
        { discarded: 1 },
      ],
    ])('%s', (_case, work, counts) => {
      const stopSubject = new Subject<void>()
      const workSubject = new Subject<never>()
      let read = (): Tally => none
      collect(
        new BehaviorSubject(1).pipe(
          boundedBuffer({
            ...roomy,
            ready: { work: () => work(() => stopSubject.next(), workSubject) },
            onTally: (reader) => (read = reader),
          }),
          takeUntil(stopSubject),
        ),
      )
      expect(workSubject.observed).toBe(false)
      expect(read()).toEqual({ ...none, offered: 1, ...counts })
    })
  })

  describe('checks its options at the call', () => {
    it.each([
      ['capacity', { capacity: 0 }],
      ['overflow', { overflow: 'latest' }],
      ['ready', { ready: 'soon' }],
      ['ready', { ready: { work: 'later' } }],
      ['ready', { ready: {} }],
      ['ready', { ready: null }],
      ['ready', { ready: () => NEVER }],
    ])('C2.2 %s', (option, wrong) => {
      expect(() => boundedBuffer({ ...roomy, ...(wrong as object) })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION', option }),
      )
    })
  })
})

function thrower(): never {
  throw new Error('thrown')
}
