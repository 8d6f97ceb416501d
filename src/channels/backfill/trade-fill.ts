/**
 * The missing trades of one gap, fetched: one walk back, and again from the newest while the exchange's history is not
 * proven to reach the present (C7). What it finds is in `rows` at any moment.
 */
import type { Observable } from 'rxjs'
import { catchError, concatMap, last, of, takeWhile, tap } from 'rxjs'
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
  let isProven = false

  const walk$ = (bottomMs: number): Observable<unknown> =>
    sweepTrades$(source, environment, { code: plan.code, bottomMs }).pipe(
      tap((page) => {
        rows.add(page, (row) => plan.isWanted(row))
        isProven ||= plan.proves(page)
      }),
      takeWhile(() => !(isProven && plan.endsWithProof)),
      last(undefined, undefined),
    )

  const attempt$ = (bottomMs: number, again: number): Observable<GapReason | undefined> =>
    walk$(bottomMs).pipe(
      concatMap(() => {
        if (isProven) return of(undefined)
        if (again === mostAgain) return of<GapReason>('edge-unproven')
        // What the history had not yet is at its new end, or as late as trades are.
        const newestMs = rows.newest?.trade_timestamp ?? plan.bottomMs
        const nextBottomMs = Math.max(plan.bottomMs, newestMs - overlapMs)
        return environment.timer$(againAfterMs).pipe(concatMap(() => attempt$(nextBottomMs, again + 1)))
      }),
    )

  return attempt$(plan.bottomMs, 0).pipe(catchError((error: unknown) => of(reasonOf(error))))
}
