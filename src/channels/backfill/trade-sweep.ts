/**
 * One walk back through the trades of a code, page by page, until everything later than `bottomMs` has been asked for.
 * Source of the rules: docs.upbit.com `recent-trades-history`, read 2026-11: 500 a page, the cursor exclusive, a page
 * never crosses its UTC day, today and seven days back.
 *
 * A day is asked for by its distance from today, which changes at midnight, on the exchange's clock before or after ours.
 * So a page has to show the day that was meant, and an empty one is believed only when both clocks are past midnight.
 */
import type { Observable } from 'rxjs'
import { concatMap, defer, EMPTY, expand, filter, map, of, throwError } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { RestTradeEvent } from '../../protocol/rest-event'
import type { BackfillSource } from '../backfill-source'
import { FillStop } from './fill-stop'
import { startOfDayMs, untilDayIsCertainMs, utcDay } from './utc-day'

export interface TradeSweep {
  readonly code: string
  /** Ends with the page that has a trade of this time or an earlier one. */
  readonly bottomMs: number
}

const pageSize = 500
const mostDaysAgo = 7
/** So many pages are 500,000 trades, and half a gigabyte on the wire: more is work for a download, not for a stream. */
const mostPages = 1000
/** After a page of another day than was meant. */
const anotherDayMs = 1000
/** As long as the clocks may be apart, and some. */
const mostWaits = 30

/** Where the walk is. */
interface Step {
  readonly day: number
  /** Absent: at the newest of the day. */
  readonly cursor: string | undefined
  readonly pages: number
  readonly waits: number
  readonly waitMs: number
  /** What was asked for; absent at the beginning. */
  readonly rows?: readonly RestTradeEvent[]
}

/** Emits each page that has rows; completes at the bottom; errors with `FillStop`, or with what the source does. */
export function sweepTrades$(
  source: BackfillSource,
  environment: Environment,
  { code, bottomMs }: TradeSweep,
): Observable<readonly RestTradeEvent[]> {
  const ask$ = (step: Step): Observable<Step> =>
    defer(() => {
      const daysAgo = Math.max(0, utcDay(environment.now()) - step.day)
      if (daysAgo > mostDaysAgo) return throwError(() => new FillStop('too-old'))
      if (step.pages === mostPages) return throwError(() => new FillStop('too-many'))
      const { cursor } = step
      const page = {
        code,
        count: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
        ...(daysAgo === 0 ? {} : { daysAgo }),
      }
      return source.trades$(page).pipe(map((rows) => after({ ...step, pages: step.pages + 1 }, rows)))
    })
  const later$ = (step: Step): Observable<Step> =>
    step.waitMs === 0
      ? ask$(step)
      : environment.timer$(step.waitMs).pipe(concatMap(() => ask$({ ...step, waitMs: 0 })))

  /** Where to go on, with the rows of the page if they count. */
  function after(step: Step, rows: readonly RestTradeEvent[]): Step {
    const [newest] = rows
    const oldest = rows.at(-1)
    if (newest === undefined || oldest === undefined) {
      const waitMs = untilDayIsCertainMs(environment.now())
      if (waitMs > 0) return again(step, waitMs)
      return { ...step, day: step.day - 1, cursor: undefined, rows: [] }
    }
    // The cursor is exclusive: a page that ends with it leads nowhere.
    if (oldest.sequential_id === step.cursor) throw new FillStop('rest-failed')
    const day = utcDay(oldest.trade_timestamp)
    const isFirst = step.pages === 1 && step.cursor === undefined
    // Our clock may be on another day than the exchange's, and the first page says which day theirs is.
    if (day !== step.day && !(isFirst && Math.abs(day - step.day) === 1)) return again(step, anotherDayMs)
    return { ...step, day, cursor: oldest.sequential_id, waits: 0, rows }
  }

  function again(step: Step, waitMs: number): Step {
    if (step.waits === mostWaits) throw new FillStop('rest-failed')
    const { rows, ...place } = step
    return { ...place, waits: step.waits + 1, waitMs }
  }

  const isAtBottom = ({ rows, day }: Step): boolean =>
    rows !== undefined &&
    // Behind the last page of a day, `day` is the one before.
    (rows.length === 0
      ? startOfDayMs(day + 1) <= bottomMs
      : rows.some(({ trade_timestamp }) => trade_timestamp <= bottomMs))

  return defer(() => {
    const start: Step = {
      day: utcDay(environment.now()),
      cursor: undefined,
      pages: 0,
      waits: 0,
      waitMs: 0,
    }
    return of(start).pipe(
      expand((step) => (isAtBottom(step) ? EMPTY : later$(step)), 1),
      map(({ rows = [] }) => rows),
      filter((rows) => rows.length > 0),
    )
  })
}
