/**
 * The candles that all consumers of an entry missed between two sessions: every period later than the last complete one.
 * The history is proven to reach the present by the period that the new session began with.
 */
import type { Observable } from 'rxjs'
import { catchError, concatMap, defer, EMPTY, expand, last, map, of, throwError } from 'rxjs'
import type { PublicEvent } from '../../protocol/events'
import type { BackfilledEvent, RestCandleEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { CandleEntry } from './candle-page'
import { candlePage, mostPages } from './candle-page'
import { newestFirst, periodAt, periodMs, startOfPeriodMs } from './candle-periods'
import type { CandleTrack } from './candle-track'
import { FillStop, reasonOf } from './fill-stop'
import type { FilledConsumer, Filling } from './filling'
import { GivenCandles } from './given-candles'
import type { FillPorts } from './trade-fill'
import { againAfterMs, mostAgain } from './trade-fill'

/** The history of seconds has three months. */
const secondsHistoryMs = 89 * 86_400_000

export interface CandleGap extends CandleEntry {
  /** The period that was under way when the line was lost; absent: all that is known is when that was. */
  readonly lostIn: string | undefined
  readonly fromMs: number
  /** The period of the first candle of the new session. */
  readonly resumedIn: string
}

export class CandleFilling implements Filling {
  readonly work$: Observable<GapReason | undefined>
  /** Newest first, each period once. */
  private readonly rows: RestCandleEvent[] = []
  private readonly given: GivenCandles
  /** The last period that was complete. */
  private readonly complete: string
  /** The history has to hold this period, or a later one: the first frame may be a late one of before. */
  private readonly edge: string
  /** Whether the history was seen to reach the new session. */
  private isProven = false
  private pages = 0

  constructor(
    private readonly ports: FillPorts,
    private readonly gap: CandleGap,
    private readonly track: CandleTrack,
  ) {
    const { unit, lostIn, fromMs, resumedIn } = gap
    this.given = new GivenCandles(gap)
    this.edge = lostIn !== undefined && lostIn > resumedIn ? lostIn : resumedIn
    const lostMs = lostIn === undefined ? fromMs : startOfPeriodMs(lostIn)
    this.complete = periodAt(lostMs - periodMs(unit), unit)
    this.work$ = this.pages$().pipe(
      last(undefined, undefined),
      map(() => (this.isProven ? undefined : 'edge-unproven')),
      catchError((error: unknown) => of(reasonOf(error))),
    )
  }

  get size(): number {
    return this.rows.length
  }

  at(index: number): BackfilledEvent | undefined {
    return this.rows[this.rows.length - 1 - index]
  }

  /** A state that is known already is not missing; of a finished period the exchange's history has the last word (C5.2). */
  isMissing(row: BackfilledEvent, consumer: FilledConsumer): boolean {
    if (row.type === 'trade') return false
    const { candle_date_time_utc: period, timestamp } = row
    const mark = this.track.markOf(period, consumer)
    const current = this.newestPeriod
    if (period <= this.complete) return mark > -Infinity && timestamp > mark
    // Its stamp may be of another clock than the socket's; a period that the history has left behind is finished in it.
    if (period < this.newestRow) return true
    return period < current ? timestamp >= mark : timestamp > mark
  }

  withholds(event: PublicEvent | BackfilledEvent): boolean {
    return this.given.withholds(event)
  }

  release(): void {
    const [newest] = this.rows
    if (newest !== undefined) this.track.forget(newest.candle_date_time_utc)
    this.rows.length = 0
    this.given.release()
  }

  private get newestPeriod(): string {
    const { latest = '' } = this.track
    return this.newestRow > latest ? this.newestRow : latest
  }

  private get newestRow(): string {
    return this.rows[0]?.candle_date_time_utc ?? ''
  }

  private pages$(): Observable<readonly RestCandleEvent[]> {
    return this.newest$(0).pipe(
      expand((rows) => {
        // None before: there is no more.
        if (rows.length === 0) return EMPTY
        const oldest = this.add(rows)
        return oldest <= this.complete ? EMPTY : this.page$(startOfPeriodMs(oldest))
      }, 1),
    )
  }

  /** The newest page, as soon as it proves that the history is no older than the new session; else the last one. */
  private newest$(again: number): Observable<readonly RestCandleEvent[]> {
    return this.page$().pipe(
      concatMap((rows) => {
        this.isProven = rows.some(({ candle_date_time_utc: period }) => period >= this.edge)
        if (this.isProven || again === mostAgain) return of(rows)
        return this.ports.environment.timer$(againAfterMs).pipe(concatMap(() => this.newest$(again + 1)))
      }),
    )
  }

  private page$(toMs?: number): Observable<readonly RestCandleEvent[]> {
    return defer(() => {
      if (this.pages++ === mostPages) return throwError(() => new FillStop('too-many'))
      const { source, environment } = this.ports
      const nowMs = environment.now()
      const completeMs = startOfPeriodMs(this.complete)
      if (this.gap.unit === '1s' && completeMs < nowMs - secondsHistoryMs) {
        return throwError(() => new FillStop('too-old'))
      }
      // With the complete one itself, which shows that the page reaches it.
      return source.candles$(candlePage(this.gap, completeMs, nowMs, toMs))
    })
  }

  /** Takes in a page; says its oldest period. */
  private add(page: readonly RestCandleEvent[]): string {
    const before = this.rows.length
    for (const row of [...page].sort(newestFirst)) {
      const last = this.rows.at(-1)
      if (last !== undefined && row.candle_date_time_utc >= last.candle_date_time_utc) continue
      this.rows.push(row)
      this.given.add(row)
    }
    const [newest] = this.rows
    // The one that was under way when it was fetched: whoever takes long to get it must not get it after newer ones.
    if (before === 0 && newest !== undefined) this.track.keep(newest.candle_date_time_utc)
    // A page that goes no further back than the one before leads nowhere.
    if (this.rows.length === before) throw new FillStop('rest-failed')
    return this.rows.at(-1)?.candle_date_time_utc ?? ''
  }
}
