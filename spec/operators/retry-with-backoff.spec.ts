import { defer, NEVER, Observable, of, throwError } from 'rxjs'
import { realEnvironment } from '../../src/base/environment'
import {
  retryWithBackoff,
  type BackoffWait,
  type RetryWithBackoffOptions,
} from '../../src/operators/retry-with-backoff'
import { marbles } from './support'

/** Waits as many frames as the attempt says; one frame after a stable period. */
const byAttempt: RetryWithBackoffOptions = { delayMs: (_error, attempt) => attempt || 1, stableAfterMs: 5 }

describe('retryWithBackoff', () => {
  it.each([
    ['never emits', '-----   ', '^----   '],
    ['is empty', '   ---|    ', '^--!    '],
    ['emits one', '  -a-|    ', '^--!    '],
    ['emits many', ' -a-(bc)|', '^------!'],
    ['never ends', ' -a-b-c- ', '^------ '],
  ])('mirrors a source that %s', (_case, source, subscription) => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold(source)
      expectObservable(source$.pipe(retryWithBackoff(byAttempt))).toBe(source)
      expectSubscriptions(source$.subscriptions).toBe(subscription.trim())
    })
  })

  it('C10.1 waits longer after each failure that follows no stable period', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-#')
      const unsubscribed = '------------!'
      const result = '      a--a---a----'
      expectObservable(source$.pipe(retryWithBackoff(byAttempt)), unsubscribed).toBe(result)
      expectSubscriptions(source$.subscriptions).toBe(['^-!', '---^-!', '-------^-!'])
    })
  })

  it('a wait ends at once with the first emission of `skip$`, and its later ones mean nothing', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-#')
      const skip$ = hot('  -----ss--------s--')
      const options: RetryWithBackoffOptions = { delayMs: () => 10, stableAfterMs: 5, skip$: () => skip$ }
      const unsubscribed = '------------------!'
      expectObservable(source$.pipe(retryWithBackoff(options)), unsubscribed).toBe('a----a---------a--')
      expectSubscriptions(source$.subscriptions).toBe(['^-!', '-----^-!', '---------------^-!'])
    })
  })

  it('a `skip$` that ends without a word, or never says one, changes no wait', () => {
    for (const skip of ['|', '-']) {
      marbles(({ cold, expectObservable }) => {
        const options: RetryWithBackoffOptions = { ...byAttempt, skip$: () => cold(skip) }
        expectObservable(cold('a-#').pipe(retryWithBackoff(options)), '------!').toBe('a--a---')
      })
    }
  })

  it('what a `skip$` fails with ends the stream, and so does what it throws', () => {
    marbles(({ cold, expectObservable }) => {
      const failing: RetryWithBackoffOptions = {
        ...byAttempt,
        delayMs: () => 9,
        skip$: () => cold('--#', {}, 'ours'),
      }
      expectObservable(cold('a-#').pipe(retryWithBackoff(failing))).toBe('a---#', { a: 'a' }, 'ours')
      const throwing: RetryWithBackoffOptions = {
        ...byAttempt,
        skip$: () => {
          throw new Error('ours')
        },
      }
      expectObservable(cold('a-#').pipe(retryWithBackoff(throwing))).toBe(
        'a-#',
        { a: 'a' },
        new Error('ours'),
      )
    })
  })

  it('C10.1 begins again with attempt 0 after a period that was stable since its first emission', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const attempts: number[] = []
      const subscriptions = ['#', '#', 'a----#', '#', '-a-a-#', 'a-a-a-#', 'b|']
      const source$ = defer(() => cold(subscriptions.shift() ?? '|'))
      const options: RetryWithBackoffOptions = {
        delayMs: (_error, attempt) => {
          attempts.push(attempt)
          return 1
        },
        stableAfterMs: 5,
      }
      expectObservable(source$.pipe(retryWithBackoff(options))).toBe('--a-------a-a--a-a-a--b|')
      // Up for 5 frames: stable. Up for 4: not. Up for 6, with emissions between: stable.
      flush()
      expect(attempts).toEqual([1, 2, 0, 1, 2, 0])
    })
  })

  it('waits as its page draws it', () => {
    marbles(({ cold, expectObservable }) => {
      const subscriptions = ['a#', 'b------#', 'c|']
      const source$ = defer(() => cold(subscriptions.shift() ?? '#'))
      expectObservable(
        source$.pipe(
          retryWithBackoff({ delayMs: (_error, attempt) => [1, 4, 8][attempt], stableAfterMs: 5 }),
        ),
      ).toBe('a----b-------c|')
    })
  })

  it('gives up with the error when there is no delay', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a#')
      const giveUp: RetryWithBackoffOptions = {
        delayMs: (_error, attempt) => (attempt < 3 ? 2 : undefined),
        stableAfterMs: 5,
      }
      expectObservable(source$.pipe(retryWithBackoff(giveUp))).toBe('a--a--a#')
      expectSubscriptions(source$.subscriptions).toBe(['^!', '---^!', '------^!'])
    })
  })

  it('tells each wait when it begins, with the time at which it ends', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const waits: BackoffWait[] = []
      expectObservable(
        cold('-a#').pipe(retryWithBackoff({ ...byAttempt, onWait: (wait) => waits.push(wait) })),
        '------!',
      ).toBe('-a--a-')
      flush()
      expect(waits).toEqual([
        { error: 'error', attempt: 1, delayMs: 1, retryAtMs: 3 },
        { error: 'error', attempt: 2, delayMs: 2, retryAtMs: 7 },
      ])
    })
  })

  it('clears the timer when it is unsubscribed while waiting', () => {
    const left = jest.fn()
    const environment = { ...realEnvironment, timer$: () => new Observable<void>(() => left) }
    const subscription = throwError(() => 'closed')
      .pipe(retryWithBackoff({ ...byAttempt, environment }))
      .subscribe()
    expect(left).toHaveBeenCalledTimes(0)
    subscription.unsubscribe()
    expect(left).toHaveBeenCalledTimes(1)
  })

  it('counts for each subscriber on its own', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const attempts: number[] = []
      const result$ = cold('#').pipe(
        retryWithBackoff({
          delayMs: (_error, attempt) => {
            attempts.push(attempt)
            return attempt < 3 ? 1 : undefined
          },
          stableAfterMs: 5,
        }),
      )
      expectObservable(result$).toBe('--#')
      expectObservable(result$, '-^---').toBe('---#')
      flush()
      expect(attempts.sort()).toEqual([1, 1, 2, 2, 3, 3])
    })
  })

  it('retries a source that fails while it is being subscribed', () => {
    marbles(({ expectObservable }) => {
      let failures = 0
      const source$ = defer(() => (failures++ < 2 ? throwError(() => 'refused') : of('up')))
      expectObservable(source$.pipe(retryWithBackoff(byAttempt))).toBe('---(a|)', { a: 'up' })
    })
  })

  it('errors with what delayMs or onWait throws', () => {
    const thrower = (): never => {
      throw 'thrown'
    }
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('a-#')
      expectObservable(source$.pipe(retryWithBackoff({ ...byAttempt, delayMs: thrower }))).toBe(
        'a-#',
        undefined,
        'thrown',
      )
      expectObservable(source$.pipe(retryWithBackoff({ ...byAttempt, onWait: thrower }))).toBe(
        'a-#',
        undefined,
        'thrown',
      )
    })
  })

  it.each([NaN, -1])(
    'errors with INVALID_OPTION when delayMs returns %p, which a timer would take for no wait',
    (bad) => {
      const errors: unknown[] = []
      throwError(() => 'closed')
        .pipe(retryWithBackoff({ ...byAttempt, delayMs: () => bad }))
        .subscribe({ error: (error: unknown) => errors.push(error) })
      expect(errors).toEqual([expect.objectContaining({ code: 'INVALID_OPTION', option: 'delayMs' })])
    },
  )

  it('never hands a timer more than it takes, which would fire at once', () => {
    const asked: number[] = []
    const environment = {
      ...realEnvironment,
      timer$: (delayMs: number) => {
        asked.push(delayMs)
        return NEVER
      },
    }
    throwError(() => 'closed')
      .pipe(retryWithBackoff({ ...byAttempt, delayMs: () => Infinity, environment }))
      .subscribe()
      .unsubscribe()
    expect(asked).toEqual([2_147_483_647])
  })

  it.each([NaN, -1])('C2.2 refuses stableAfterMs %p at the call', (stableAfterMs) => {
    expect(() => retryWithBackoff({ ...byAttempt, stableAfterMs })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option: 'stableAfterMs' }),
    )
  })
})
