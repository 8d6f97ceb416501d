/**
 * `retryWithBackoff`: resubscribe after a delay that depends on how often it failed, and give up when told to. Its count
 * starts again after a *stable* period and not after an emission: a source that starts and fails at once, for ever, must
 * see growing delays, which neither `retry`'s own counter nor its `resetOnSuccess` can express.
 */
import { defer, merge, retry, tap, throwError, type MonoTypeOperatorFunction, type Observable } from 'rxjs'
import { realEnvironment, type Environment } from '../base/environment'
import { invalidOption } from '../base/invalid-option'

/** What is waited for, told when the wait begins. */
export interface BackoffWait {
  readonly error: unknown
  readonly attempt: number
  readonly delayMs: number
  /** When the source is subscribed again, in ms since the Unix epoch. */
  readonly retryAtMs: number
}

/** Options of `retryWithBackoff`. */
export interface RetryWithBackoffOptions {
  /**
   * Milliseconds to wait before resubscribing; `undefined` gives up, and the error passes. `attempt` counts the failures
   * since the last stable period: 0 for the failure that ended one, else 1, 2, 3 …
   */
  readonly delayMs: (error: unknown, attempt: number) => number | undefined
  /** A subscription is stable when it failed at least this many milliseconds after its first emission. */
  readonly stableAfterMs: number
  /** Called when a wait begins. What it throws ends the stream with that error. */
  readonly onWait?: (wait: BackoffWait) => void
  /** Asked when a wait begins; the first emission of what it returns ends that wait at once. Its error ends the stream. */
  readonly skip$?: (wait: BackoffWait) => Observable<unknown>
  /** Clock and timer. Default: the real ones. */
  readonly environment?: Environment
}

/** The longest delay that a JavaScript timer takes; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/**
 * The `retryWhen` backoff of the design, in the form that rxjs 7.8 keeps: `retry({ delay })`. Mirrors the source and
 * resubscribes to it after each error, later and later, until it completes or `delayMs` gives up.
 *
 * Emits what the source emits. Completes when the source completes.
 * Errors with the source's error when `delayMs` returns `undefined`; with what `delayMs` or `onWait` throws; with
 * `INVALID_OPTION` when `delayMs` returns a negative number or none; with the error of a `skip$`.
 * Unsubscribing while waiting clears the timer. The counts belong to one subscription each.
 *
 *     first    a#
 *     second   b------#
 *     third    c|
 *              retryWithBackoff({ delayMs: (_error, attempt) => [1, 4, 8][attempt], stableAfterMs: 5 })
 *     result   a----b-------c|
 *
 * @example
 * ```ts
 * import { backoffDelayMs, retryWithBackoff } from 'upbit-rx/operators'
 * import { fromEvent } from 'rxjs'
 *
 * fromEvent(new EventSource('/news'), 'message')
 *   .pipe(
 *     retryWithBackoff({
 *       delayMs: (_error, attempt) =>
 *         attempt > 8 ? undefined : backoffDelayMs(attempt, Math.random, { baseMs: 1000, maxMs: 30_000, spread: 0.25 }),
 *       stableAfterMs: 10_000,
 *     }),
 *   )
 *   .subscribe()
 * ```
 */
export function retryWithBackoff<T>(options: RetryWithBackoffOptions): MonoTypeOperatorFunction<T> {
  const { stableAfterMs, environment = realEnvironment } = options
  if (!(stableAfterMs >= 0)) throw invalidOption('stableAfterMs', stableAfterMs, 'milliseconds from 0')

  return (source) =>
    defer(() => {
      let failures = 0
      let upSinceMs: number | undefined

      const delay = (error: unknown): Observable<unknown> => {
        const nowMs = environment.now()
        const wasStable = upSinceMs !== undefined && nowMs - upSinceMs >= stableAfterMs
        const attempt = wasStable ? 0 : failures + 1
        failures = attempt
        upSinceMs = undefined
        const delayMs = options.delayMs(error, attempt)
        if (delayMs === undefined) return throwError(() => error)
        if (!(delayMs >= 0))
          throw invalidOption('delayMs', delayMs, 'milliseconds from 0, or undefined to give up')
        const wait = { error, attempt, delayMs, retryAtMs: nowMs + delayMs }
        options.onWait?.(wait)
        const timer$ = environment.timer$(Math.min(delayMs, longestTimerMs))
        return options.skip$ === undefined ? timer$ : merge(timer$, options.skip$(wait))
      }

      return source.pipe(
        tap(() => {
          upSinceMs ??= environment.now()
        }),
        retry({ delay }),
      )
    })
}
