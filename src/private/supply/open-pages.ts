/**
 * All open orders, page by page, so that none is lost between two pages. Orders that end while pages are read move the
 * later ones up to pages that were read before. So they are listed from the oldest on, where new ones come behind the end,
 * and read from the last page back to the first: whatever moves up moves to a page that is yet to be read.
 */
import type { Observable } from 'rxjs'
import { concat, concatMap, defer, EMPTY, of } from 'rxjs'
import type { RestOrder } from '../../rest/rows/order-row'

/** The most that the exchange gives (docs.upbit.com `list-open-orders`, read 2026-11). */
export const pageLimit = 100
/** An answer without an end is none: an exchange that ignores `page` would be asked for ever. */
const mostPages = 10_000

type Rows = readonly RestOrder[]

/** The last page is looked for from where it should be. Emits each answer; an order that moved is in two. */
export function openPages$(page$: (page: number) => Observable<Rows>, expected: number): Observable<Rows> {
  /** Pages up to `low` are known to be full, those from `high` on to be empty. */
  const find$ = (page: number, low: number, high: number, step: number): Observable<Rows> =>
    page$(page).pipe(
      concatMap((rows) =>
        concat(
          of(rows),
          defer(() => {
            if (rows.length > 0 && rows.length < pageLimit) return back$(page - 1)
            const [full, empty] = rows.length === 0 ? [low, page] : [page, high]
            if (full + 1 >= Math.min(empty, mostPages)) return back$(full)
            if (empty === Infinity) return find$(page + step, full, empty, step * 2)
            return find$(Math.floor((full + empty) / 2), full, empty, step)
          }),
        ),
      ),
    )
  const back$ = (page: number): Observable<Rows> =>
    page === 0
      ? EMPTY
      : concat(
          page$(page),
          defer(() => back$(page - 1)),
        )

  return defer(() => find$(Math.max(1, Math.ceil(expected / pageLimit)), 0, Infinity, 1))
}
