/**
 * The missing trades of one gap, fetched: one walk back, and again from the newest while the exchange's history is not
 * proven to reach the present (C7). What it finds is in `rows` at any moment.
 */
import type { Observable } from 'rxjs'
import { catchError, concatMap, defer, last, map, of, takeWhile } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { RestTradeEvent } from '../../protocol/rest-event'
import type { BackfillSource } from '../backfill-source'
import type { GapReason } from '../gap-event'
import { reasonOf } from './fill-stop'
import type { TradeRows } from './trade-rows'
import { sweepTrades$ } from './trade-sweep'

/** Trades are published up to two seconds late (recorded 2026-09): a walk goes so much further back than seems needed. */
export const overlapMs = 10_000
/** So long, and so often, the history is given to catch up (C7). */
export const againAfterMs = 500
export const mostAgain = 5

export interface TradeFillPlan {
  readonly code: string
  /** Everything later has to be looked at. */
  readonly bottomMs: number
  /** Whether this trade is missing. */
  isWanted(row: RestTradeEvent): boolean
  /** Whether, with this page, the history is known to hold all that is missing. */
  proves(page: readonly RestTradeEvent[]): boolean
  /** What a page had that comes by the socket if all is well, and has not come. */
  doubts(): readonly RestTradeEvent[]
  /** Whether all that was missed can be told from what was not. */
  readonly isCertain: boolean
  /** Whether the walk itself may end with the proof. */
  readonly endsWithProof: boolean
  /** The trade that only those miss who skip snapshots. */
  readonly snapshotId?: string | undefined
  /** When the session began from which something may still come by the socket. */
  readonly recentFromMs?: number
  /** Whether a consumer did not miss it, although others may have. */
  isBefore?(consumer: object, row: RestTradeEvent): boolean
  /** It is over, and `reason` says why something may still be missing. */
  ended?(reason: GapReason | undefined): void
  /** It is done, or given up. */
  end?(): void
}

export interface FillPorts {
  readonly source: BackfillSource
  readonly environment: Environment
}

/** Emits once, why something may still be missing or `undefined`, and completes. Never errors. */
export function fillTrades$(
  { source, environment }: FillPorts,
  plan: TradeFillPlan,
  rows: TradeRows,
): Observable<GapReason | undefined> {
  /** Whether the history holds the edge by now. */
  let isShown = false

  /** Emits once, whether what this walk saw is all that was missing. */
  const walk$ = (bottomMs: number): Observable<boolean> =>
    defer(() => {
      // A page further down is of a later moment than the one that the walk began with, and proves nothing of that.
      let isProven = isShown
      return sweepTrades$(source, environment, { code: plan.code, bottomMs }).pipe(
        map((page, index) => {
          rows.add(page, (row) => plan.isWanted(row))
          isShown ||= plan.proves(page)
          if (index === 0) isProven = isShown
          return plan.endsWithProof && isShown
        }),
        takeWhile((isAll) => !isAll, true),
        last(undefined, false),
        map((isAll) => isAll || isProven),
      )
    })

  const attempt$ = (bottomMs: number, again: number): Observable<GapReason | undefined> =>
    walk$(bottomMs).pipe(
      concatMap((isAll) => {
        if (isAll) return of(undefined)
        // What the history had not yet is at its new end, or as late as trades are.
        const nextBottomMs = Math.max(plan.bottomMs, rows.newestMs - overlapMs)
        if (isShown) return attempt$(nextBottomMs, again)
        if (again === mostAgain) return of<GapReason>('edge-unproven')
        return environment.timer$(againAfterMs).pipe(concatMap(() => attempt$(nextBottomMs, again + 1)))
      }),
    )

  /** What the socket has not brought after all was missed: by a clock that was ahead. */
  const confirm$ = (waits: number): Observable<GapReason | undefined> =>
    defer(() => {
      const doubts = plan.doubts()
      if (doubts.length === 0) return of<GapReason | undefined>(plan.isCertain ? undefined : 'edge-unproven')
      if (waits < mostAgain)
        return environment.timer$(againAfterMs).pipe(concatMap(() => confirm$(waits + 1)))
      rows.add(doubts, () => true)
      return of<GapReason>('edge-unproven')
    })

  return attempt$(plan.bottomMs, 0).pipe(
    concatMap((reason) => (reason === undefined ? confirm$(0) : of(reason))),
    catchError((error: unknown) => of(reasonOf(error))),
  )
}
