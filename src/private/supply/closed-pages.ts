/**
 * The orders that ended, from the one that was made last back to those made before an instant. The exchange has no pages
 * here, but windows of time by when an order was made, of seven days at most; without one it tells the newest of the last
 * seven days (docs.upbit.com `list-closed-orders`, read 2026-11).
 */
import type { Observable } from 'rxjs'
import { concat, concatMap, defer, EMPTY, of } from 'rxjs'
import type { RestOrder } from '../../rest/rows/order-row'
import { createdMs } from '../ledger/open-order'

/** What to ask for. The first look is small: most often nothing is new. */
export interface ClosedWindow {
  readonly limit: number
  /** Ms, itself included. */
  readonly endTime?: number
}

const firstLimit = 100
const mostLimit = 1000
const secondMs = 1000
const dayMs = 86_400_000
const windowMs = 7 * dayMs

/** How long ago the last look was, by this machine's clock, and its present. */
export interface Absence {
  readonly elapsedMs: number
  readonly nowMs: number
}

type Rows = readonly RestOrder[]

/** Emits each answer; an order may be in two. Ends with the answer that goes back before `sinceMs`. */
export function closedPages$(
  window$: (window: ClosedWindow) => Observable<Rows>,
  sinceMs: number,
  { elapsedMs, nowMs }: Absence,
): Observable<Rows> {
  // Windows behind the first one: none for less than six days, since clocks may not agree on a whole one.
  let left = elapsedMs <= windowMs - dayMs ? 0 : Math.ceil(elapsedMs / windowMs) + 1
  /** Where the window before ends. No order need say when the first one was: then it is the clock's word less a day. */
  const earlier = ({ endTime }: ClosedWindow, oldest: RestOrder | undefined): number => {
    if (endTime !== undefined) return endTime - windowMs + secondMs
    return oldest === undefined ? nowMs - windowMs + dayMs : createdMs(oldest) + secondMs
  }
  const from$ = (window: ClosedWindow): Observable<Rows> =>
    window$(window).pipe(
      concatMap((rows) =>
        concat(
          of(rows),
          defer(() => {
            const oldest = rows.at(-1)
            if (oldest === undefined || rows.length < window.limit) {
              const endTime = earlier(window, oldest)
              if (left-- <= 0 || endTime < sinceMs) return EMPTY
              return from$({ limit: mostLimit, endTime })
            }
            const oldestMs = createdMs(oldest)
            if (oldestMs < sinceMs) return EMPTY
            // Times are in whole seconds: that second is asked for again, since the rest of it may be left. It goes back
            // by a second at least, though a whole answer be of one.
            const endTime = Math.min(oldestMs + secondMs, (window.endTime ?? Infinity) - secondMs)
            return from$({ limit: mostLimit, endTime })
          }),
        ),
      ),
    )
  return from$({ limit: firstLimit })
}
