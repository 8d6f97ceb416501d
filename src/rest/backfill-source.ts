/** The exchange's history over the REST calls of a target, after all who wait for an answer themselves. */
import type { Observable } from 'rxjs'
import { catchError, map, throwError } from 'rxjs'
import { UpbitError } from '../base/errors'
import type { Environment } from '../base/environment'
import type { BackfillSource } from '../channels/backfill-source'
import type { CallOptions } from './rest-call'
import type { RestCalls } from './rest-calls'
import { candleEventOf, tradeEventsOf } from './rest-events'

/** Others go first, and with a budget that is shared with other processes a page may wait for long. */
const pageOptions: CallOptions = { priority: 'backfill', timeoutMs: 30_000 }

export interface HistoryPorts {
  readonly environment: Environment
  /** Gets why a page could not be had, which the gap's `reason` alone does not say. */
  readonly failed: (error: UpbitError) => void
}

export function restHistory(calls: RestCalls, { environment, failed }: HistoryPorts): BackfillSource {
  const told$ = <T>(page$: Observable<T>): Observable<T> =>
    page$.pipe(
      catchError((error: unknown) => {
        if (error instanceof UpbitError && error.code !== 'ABORTED') failed(error)
        return throwError(() => error)
      }),
    )
  return {
    trades$: ({ code, ...page }) =>
      told$(calls.trades$(code, { ...page, ...pageOptions })).pipe(
        map((rows) => tradeEventsOf(rows, environment.now())),
      ),
    candles$: ({ code, unit, ...page }) =>
      told$(calls.candles$(code, unit, { ...page, ...pageOptions })).pipe(
        map((rows) => rows.map((row) => candleEventOf(unit, row, environment.now()))),
      ),
  }
}

/** Where there is none: a dialer of another world must not have this world's trades mixed in. */
export function noHistory(failed: (error: UpbitError) => void): BackfillSource {
  const none$ = throwError(() => {
    const error = new UpbitError('REST_FAILED', 'There is no REST beside this `openSocket` to fetch from.', {
      option: 'sendHttp',
      nextStep: 'Give sendHttp (exchange.options of the test kit have it), or the restUrl of that world.',
    })
    failed(error)
    return error
  })
  return { trades$: () => none$, candles$: () => none$ }
}
