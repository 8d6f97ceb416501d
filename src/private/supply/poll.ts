/** Where there is no socket: the same events by REST, at intervals. */
import type { Observable } from 'rxjs'
import { catchError, concat, defer, EMPTY, ignoreElements, repeat, tap } from 'rxjs'
import type { UpbitError } from '../../base/errors'
import { backoffDelayMs } from '../../operators/backoff'
import type { SweepOptions, SweepPorts, SweepSummary } from './sweep'
import { sweep$ } from './sweep'

export const defaultPollMs = 2000
/** After failures it waits longer and longer, up to this. */
const longestWaitMs = 60_000
const spread = 0.25

export interface PollPorts extends SweepPorts {
  /** Gets why a poll failed; the next one comes later. */
  readonly failed: (error: UpbitError) => void
}

export interface PollOptions extends SweepOptions {
  /** Between the end of one poll and the next, ms. Default 2,000. */
  readonly pollMs?: number
}

/**
 * Looks at the account at once and again `pollMs` after each look; what nobody told is delivered. Emits a summary of each
 * look that succeeded. Never completes and never errors: a failure is told to `failed`, and the wait doubles with each in
 * a row, up to a minute. Unsubscribing aborts it.
 */
export function poll$(
  ports: PollPorts,
  { pollMs = defaultPollMs, ...options }: PollOptions = {},
): Observable<SweepSummary> {
  const { environment, failed } = ports
  const backoff = { baseMs: pollMs, maxMs: Math.max(longestWaitMs, pollMs), spread }
  return defer(() => {
    let failures = 0
    const look$ = sweep$(ports, 'poll', options).pipe(
      tap(() => {
        failures = 0
      }),
      catchError((error: unknown) => {
        failures++
        failed(error as UpbitError)
        return EMPTY
      }),
    )
    const wait$ = defer(() =>
      environment.timer$(
        failures === 0 ? pollMs : backoffDelayMs(failures + 1, () => environment.random(), backoff),
      ),
    )
    return concat(look$, wait$.pipe(ignoreElements())).pipe(repeat())
  })
}
