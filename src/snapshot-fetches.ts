/** How the newest of each kind of event is fetched: in one call for all codes, or in one a code where REST has no other. */
import type { Observable, OperatorFunction } from 'rxjs'
import { catchError, concat, defer, EMPTY, from, map, mergeMap, throwError } from 'rxjs'
import type { Environment } from './base/environment'
import type { UpbitError } from './base/errors'
import type { CandleUnit } from './protocol/wire'
import type { CallOptions } from './rest/rest-call'
import type { RestCalls } from './rest/rest-calls'
import type {
  RestCandleEvent,
  RestEvent,
  RestOrderbookEvent,
  RestTickerEvent,
  RestTradeEvent,
} from './rest/rest-events'
import { candleEventOf, orderbookEventOf, tickerEventOf, tradeEventOf } from './rest/rest-events'

export interface FetchNewest<R extends RestEvent> {
  /** More codes than this are asked of the wire sooner: of what REST tells of one code a call, a second has ten. */
  readonly mostCodes: number
  newest$(
    calls: RestCalls,
    environment: Environment,
    codes: readonly string[],
    options: CallOptions,
  ): Observable<readonly R[]>
}

/** The permits of one second (docs.upbit.com `rate-limits`, read 2026-11). */
const mostCalls = 10

export const newestTickers: FetchNewest<RestTickerEvent> = {
  mostCodes: Infinity,
  newest$: (calls, environment, codes, options) =>
    calls.tickers$(codes, options).pipe(toEvents(environment, tickerEventOf)),
}

export const newestTrades: FetchNewest<RestTradeEvent> = {
  mostCodes: mostCalls,
  newest$: (calls, environment, codes, options) =>
    from(codes).pipe(
      eachOf((code) => calls.trades$(code, options)),
      toEvents(environment, tradeEventOf),
    ),
}

/** The whole window, cut as a stream's is: totals are then those of the wire. */
export function newestOrderbooks(level?: number, units?: number): FetchNewest<RestOrderbookEvent> {
  const grouping = level === undefined ? {} : { level }
  return {
    mostCodes: Infinity,
    newest$: (calls, environment, codes, options) =>
      calls
        .orderbooks$(codes, { ...options, ...grouping })
        .pipe(toEvents(environment, (row, receivedAt) => orderbookEventOf(row, receivedAt, units))),
  }
}

export function newestCandles<U extends CandleUnit>(unit: U): FetchNewest<RestCandleEvent<U>> {
  return {
    mostCodes: mostCalls,
    newest$: (calls, environment, codes, options) =>
      from(codes).pipe(
        eachOf((code) => calls.candles$(code, unit, options)),
        toEvents(environment, (row, receivedAt) => candleEventOf(unit, row, receivedAt)),
      ),
  }
}

/** One call a code: what one of them errors with is told after what the others gave. */
function eachOf<T>(call$: (code: string) => Observable<T>): OperatorFunction<string, T> {
  return (codes$) =>
    defer(() => {
      let failure: UpbitError | undefined
      const calls$ = codes$.pipe(
        mergeMap((code) =>
          call$(code).pipe(
            catchError((error: unknown) => {
              // That there is none is the end of all waiting for it; others may still come.
              if (failure?.code !== 'NOT_FOUND') failure = error as UpbitError
              return EMPTY
            }),
          ),
        ),
      )
      return concat(
        calls$,
        defer(() => (failure === undefined ? EMPTY : throwError(() => failure))),
      )
    })
}

function toEvents<T, R>(
  environment: Environment,
  eventOf: (row: T, receivedAt: number) => R,
): OperatorFunction<readonly T[], readonly R[]> {
  return map((rows) => {
    const receivedAt = environment.now()
    return rows.map((row) => eventOf(row, receivedAt))
  })
}
