/**
 * The periods of a candle that one consumer dropped, fetched again: of each a state at least as new as the dropped one, or
 * its end.
 * A period of which a newer state comes to the consumer, by whichever way, is not missing any more.
 */
import type { Observable } from 'rxjs'
import { catchError, concatMap, defer, EMPTY, expand, last, map, of, throwError } from 'rxjs'
import type { PublicEvent } from '../../protocol/events'
import type { BackfilledEvent, RestCandleEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { CandleEntry } from './candle-page'
import { candlePage, mostPages } from './candle-page'
import { newestFirst, periodMs, startOfPeriodMs } from './candle-periods'
import type { DroppedEvent } from './dropped-events'
import { FillStop, reasonOf } from './fill-stop'
import type { Filling } from './filling'
import { GivenCandles } from './given-candles'
import type { FillPorts } from './trade-fill'
import { againAfterMs, mostAgain } from './trade-fill'
import { clockMarginMs } from './utc-day'

export class DroppedCandleFilling implements Filling {
  readonly work$: Observable<GapReason | undefined>
  /** By period: how new the newest of its dropped states was. */
  private readonly missing = new Map<string, number>()
  private readonly found = new Map<string, RestCandleEvent>()
  /** What is to be given of that, newest first. */
  private rows: readonly RestCandleEvent[] = []
  private readonly given: GivenCandles
  private pages = 0
  /** The newest period that a page had: those before are finished in the history. */
  private newest = ''

  constructor(
    private readonly ports: FillPorts,
    private readonly entry: CandleEntry,
    dropped: readonly DroppedEvent[],
  ) {
    for (const { id, atMs } of dropped) this.missing.set(id, Math.max(atMs, this.missing.get(id) ?? atMs))
    this.given = new GivenCandles(entry)
    this.work$ = defer(() => this.attempt$(0)).pipe(
      catchError((error: unknown) => of(reasonOf(error))),
      map((reason) => {
        this.rows = [...this.found.values()].filter((row) => this.isMissing(row)).sort(newestFirst)
        for (const row of this.rows) this.given.add(row)
        return reason
      }),
    )
  }

  get size(): number {
    return this.rows.length
  }

  at(index: number): BackfilledEvent | undefined {
    return this.rows[this.rows.length - 1 - index]
  }

  isMissing(row: BackfilledEvent): boolean {
    return this.given.isOf(row) && this.missing.has(row.candle_date_time_utc)
  }

  passed(event: PublicEvent | BackfilledEvent): void {
    if (!this.given.isOf(event)) return
    const { candle_date_time_utc: period, timestamp, source } = event
    // By the socket a lower stamp is newer as well, where the exchange's clock has stepped.
    if (source !== 'rest' || timestamp >= (this.missing.get(period) ?? Infinity)) this.missing.delete(period)
  }

  withholds(event: PublicEvent | BackfilledEvent): boolean {
    return this.given.withholds(event)
  }

  release(): void {
    this.missing.clear()
    this.found.clear()
    this.rows = []
    this.given.release()
  }

  private attempt$(again: number): Observable<GapReason | undefined> {
    return this.walk$().pipe(
      concatMap(() => {
        if (this.unknown.length === 0) return of(undefined)
        if (again === mostAgain) return of<GapReason>('edge-unproven')
        return this.ports.environment
          .timer$(againAfterMs)
          .pipe(concatMap(() => defer(() => this.attempt$(again + 1))))
      }),
    )
  }

  /** Missing periods that no page has shown as new as they were. */
  private get unknown(): string[] {
    return [...this.missing.keys()].filter((period) => !this.found.has(period))
  }

  /** Asks once for all that is unknown, from the newest back. Emits once. */
  private walk$(): Observable<undefined> {
    const periods = this.unknown.sort().reverse()
    const oldestMs = startOfPeriodMs(periods.at(-1) ?? '')
    let next = 0
    /** Whether the page was asked for without an end. */
    let isOpen = false
    let isFirst = true
    const ask$ = (): Observable<readonly RestCandleEvent[]> => {
      const newest = periods[next]
      if (newest === undefined) return EMPTY
      if (this.pages++ === mostPages) return throwError(() => new FillStop('too-many'))
      const { environment, source } = this.ports
      const nowMs = environment.now()
      const endMs = startOfPeriodMs(newest) + periodMs(this.entry.unit)
      // The present period has no end yet that could be asked for.
      const toMs = isFirst && endMs > nowMs ? undefined : endMs
      isFirst = false
      isOpen = toMs === undefined
      return source.candles$(candlePage(this.entry, oldestMs, nowMs, toMs))
    }
    return defer(ask$).pipe(
      expand((rows) => {
        const reached = this.add(rows)
        // Where there is none, there is none before.
        if (reached === undefined) return EMPTY
        const before = next
        while (next < periods.length && (periods[next] as string) >= reached) next++
        // Our clock may be behind; but a page that ends later than it was asked to leads nowhere.
        if (next === before && !isOpen) throw new FillStop('rest-failed')
        return defer(ask$)
      }, 1),
      last(undefined, undefined),
      map(() => undefined),
    )
  }

  /** Takes in a page; says its oldest period. */
  private add(page: readonly RestCandleEvent[]): string | undefined {
    let oldest: string | undefined
    for (const { candle_date_time_utc: period } of page) {
      if (oldest === undefined || period < oldest) oldest = period
      if (period > this.newest) this.newest = period
    }
    for (const row of page) {
      const { candle_date_time_utc: period } = row
      if (row.timestamp >= this.neededMs(period)) this.found.set(period, row)
    }
    return oldest
  }

  /** How new a row of this period has to be. */
  private neededMs(period: string): number {
    const missingMs = this.missing.get(period)
    if (missingMs === undefined) return Infinity
    const foundMs = this.found.get(period)?.timestamp
    if (foundMs !== undefined) return foundMs
    // The socket may stamp the publication, the history the last trade: of a finished period it has the last word (C5.2).
    return this.isFinished(period) ? -Infinity : missingMs
  }

  private isFinished(period: string): boolean {
    if (period < this.newest) return true
    const endMs = startOfPeriodMs(period) + periodMs(this.entry.unit)
    return endMs + clockMarginMs <= this.ports.environment.now()
  }
}
