/** The frame in which a call of trading runs: its time, its stop, and how it ends while its outcome is not known. */
import type { Observable } from 'rxjs'
import { catchError, defer, map, NEVER, race, throwError, throwIfEmpty } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { UpbitErrorCode } from '../../base/errors'
import { UpbitError } from '../../base/errors'
import { asUpbitError } from './refusals'
import type { Sending } from './sending'

/** What a request of trading runs in. */
export interface TradingCall {
  readonly environment: Environment
  /** `placeOrder KRW-BTC`. */
  readonly what: string
  readonly timeoutMs: number
  /** Emits the cause when whoever asked wants no answer any more. */
  readonly stop$: Observable<unknown>
}

/** Errors that say already what became of it. */
const outcomes: readonly string[] = ['ORDER_NOT_PLACED', 'ORDER_UNKNOWN'] satisfies readonly UpbitErrorCode[]

/**
 * `source$` within its time and until it is stopped; what ends it while its outcome is unknown is an `unknown` of that cause.
 */
export function toldWhenUnknown$<T>(
  source$: Observable<T>,
  sending: Sending,
  unknown: (cause: UpbitError) => UpbitError,
  { environment, what, timeoutMs, stop$ }: TradingCall,
): Observable<T> {
  const stop = (reason: unknown): UpbitError =>
    new UpbitError('ABORTED', `${what} was ended before there was an answer.`, {
      nextStep: 'Nothing: it was ended.',
      ...(reason === undefined ? {} : { cause: reason }),
    })
  return defer(() =>
    race(
      source$.pipe(throwIfEmpty(() => stop(undefined))),
      stop$.pipe(
        map((reason) => {
          throw stop(reason)
        }),
      ),
      timeoutMs === Infinity
        ? NEVER
        : environment.timer$(timeoutMs).pipe(
            map(() => {
              throw new UpbitError('TIMEOUT', `${what} took longer than ${timeoutMs} ms.`, {
                nextStep: 'Raise timeoutMs; the time includes the waits for permits of the limiter.',
              })
            }),
          ),
    ).pipe(
      catchError((cause: unknown) => {
        const error = asUpbitError(cause)
        return throwError(() =>
          sending.isUnknown && !outcomes.includes(error.code) ? unknown(error) : error,
        )
      }),
    ),
  )
}
