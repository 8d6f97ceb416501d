/**
 * `retryWithBackoff` is the design's `retryWhen` backoff in the form that rxjs 7.8 keeps. Here the same notifier is
 * written with `retryWhen`, and both run over one table of marbles: same emissions, same subscriptions, same waits.
 */
import { defer, mergeMap, NEVER, retryWhen, tap, throwError, type MonoTypeOperatorFunction } from 'rxjs'
import { realEnvironment } from '../../src/base/environment'
import { retryWithBackoff, type RetryWithBackoffOptions } from '../../src/operators/retry-with-backoff'
import { marbles } from '../operators/support'

type Form = <T>(options: RetryWithBackoffOptions) => MonoTypeOperatorFunction<T>

/** The stream of errors gives for nothing what `retry({ delay })` needs a `defer` for: state of one subscription. */
const withRetryWhen: Form = (options) => (source) =>
  defer(() => {
    let failures = 0
    let upSinceMs: number | undefined
    return source.pipe(
      tap(() => (upSinceMs ??= realEnvironment.now())),
      // eslint-disable-next-line @typescript-eslint/no-deprecated, rxjs-x/ban-operators -- the old form is what we compare with
      retryWhen((error$) =>
        error$.pipe(
          mergeMap((error: unknown) => {
            const nowMs = realEnvironment.now()
            failures =
              upSinceMs !== undefined && nowMs - upSinceMs >= options.stableAfterMs ? 0 : failures + 1
            upSinceMs = undefined
            const delayMs = options.delayMs(error, failures)
            if (delayMs === undefined) return throwError(() => error)
            options.onWait?.({ error, attempt: failures, delayMs, retryAtMs: nowMs + delayMs })
            return realEnvironment.timer$(delayMs)
          }),
        ),
      ),
    )
  })

interface Case {
  readonly name: string
  /** What the source does at its first, second … subscription; the last one is repeated. */
  readonly sources: readonly string[]
  readonly unsubscribed?: string
  readonly result: string
  readonly delayMs?: (error: unknown, attempt: number) => number | undefined
}

const grow = (_error: unknown, attempt: number): number => 2 ** attempt
const cases: readonly Case[] = [
  { name: 'source completes', sources: ['-a-b-|'], result: '-a-b-|' },
  { name: 'source never ends', sources: ['-a-b-c-'], unsubscribed: '------!', result: '-a-b-c-' },
  { name: 'recovers', sources: ['-a#', '#', '-b-|'], result: '-a-------b-|' },
  { name: 'completes at once on the retry', sources: ['a#', '(b|)'], result: 'a--(b|)' },
  {
    name: 'recovers after a stable period',
    sources: ['#', '#', 'a-----b#', '#', '-c|'],
    result: '------a-----b----c|',
  },
  { name: 'gives up at the first error', sources: ['-a-#'], result: '-a-#', delayMs: () => undefined },
  {
    name: 'gives up after three',
    sources: ['-a#'],
    result: '-a---a-----a---------a#',
    delayMs: (error, attempt) => (attempt > 3 ? undefined : grow(error, attempt)),
  },
  {
    name: 'notifier throws',
    sources: ['-a#', '-b#'],
    result: '-a---b#',
    delayMs: (error, attempt) => {
      if (attempt > 1) throw error
      return grow(error, attempt)
    },
  },
  { name: 'unsubscribed while waiting', sources: ['-a#'], unsubscribed: '---!', result: '-a--' },
  { name: 'unsubscribed while up', sources: ['-a#', '-b---'], unsubscribed: '------!', result: '-a---b-' },
  {
    name: 'fails at once, for ever',
    sources: ['#'],
    unsubscribed: '--------------------!',
    result: '---------',
  },
]

/** Checks the emissions; returns every subscription to the source and every wait, for comparison. */
function run(form: Form, { sources, unsubscribed, result, delayMs = grow }: Case): unknown[] {
  const waits: unknown[] = []
  const subscriptions: unknown[] = []
  marbles(({ cold, flush, expectObservable }) => {
    const streams = sources.map((source) => cold(source))
    let count = 0
    const source$ = defer(() => streams[Math.min(count++, streams.length - 1)] ?? NEVER)
    const result$ = source$.pipe(form({ delayMs, stableAfterMs: 5, onWait: (wait) => waits.push(wait) }))
    expectObservable(result$, unsubscribed).toBe(result)
    flush()
    subscriptions.push(...streams.map((stream) => stream.subscriptions))
  })
  return [subscriptions, waits]
}

describe('retryWithBackoff and retryWhen under the same notifier', () => {
  it.each(cases)('agree in emissions, subscriptions and waits: $name', (scenario) => {
    const [subscriptions, waits] = run(retryWithBackoff, scenario)
    expect(subscriptions).not.toEqual([[]])
    expect([subscriptions, waits]).toEqual(run(withRetryWhen, scenario))
  })
})
