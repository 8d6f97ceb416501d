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
const againAfterMs = 500
const mostAgain = 5

export interface TradeFillPlan {
  readonly code: string
  /** Everything later has to be looked at. */
  readonly bottomMs: number
  /** Whether this trade is missing. */
  isWanted(row: RestTradeEvent): boolean
  /** Whether, with this page, the history is known to hold all that is missing. */
  proves(page: readonly RestTradeEvent[]): boolean
  /** Whether the walk itself may end with the proof. */
  readonly endsWithProof: boolean
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

  return attempt$(plan.bottomMs, 0).pipe(catchError((error: unknown) => of(reasonOf(error))))
}
