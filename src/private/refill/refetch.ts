/**
 * What one consumer dropped of an account, from REST: an order at a time with its fills, then balances. It only asks; what
 * is known of the account, and what others are told, stays as it is.
 */
import type { Observable } from 'rxjs'
import {
  catchError,
  concat,
  defer,
  EMPTY,
  from,
  map,
  mergeMap,
  of,
  retry,
  tap,
  throwError,
  throwIfEmpty,
} from 'rxjs'
import type { Environment } from '../../base/environment'
import { isUpbitError, UpbitError } from '../../base/errors'
import type { GapReason } from '../../channels/gap-event'
import type { Backoff } from '../../operators/backoff'
import { backoffDelayMs } from '../../operators/backoff'
import type { MissedEvent } from '../../protocol/missed-event'
import type { CallOptions } from '../../rest/rest-call'
import type { RestCalls } from '../../rest/rest-calls'
import type { RestOrder } from '../../rest/rows/order-row'
import { assetEvent } from '../ledger/asset-ledger'
import { openPages$, pageLimit } from '../supply/open-pages'
import { standingEvent } from '../ledger/order-events'
import type { DroppedAccount, DroppedOrder } from './dropped-account'
import { isBehind, toldAgain } from './dropped-order'

export interface RefetchPorts {
  readonly calls: Pick<RestCalls, 'accounts$' | 'openOrders$' | 'order$'>
  readonly environment: Environment
  /** Emits once, when the consumer can be fed more. */
  readonly room$: Observable<unknown>
  /** Gets why a call failed that is made again. */
  readonly failed: (error: UpbitError) => void
  /** Whether something newer of this order, or of this currency, comes to the consumer after what is told now. */
  isFollowed(id: string): boolean
}

/** What is told, and why something of it may still be missing. */
export interface Refetched {
  readonly events: readonly MissedEvent[]
  readonly reason?: GapReason
}

/** Calls at a time: enough to use the budget, few enough to let others in. */
const callsAtOnce = 4
/** Other calls go first, and a busy budget may make this one wait for long. */
const callOptions: CallOptions = { priority: 'reconcile', timeoutMs: 30_000 }
/** A call that fails is made again, up to so often: for a minute and a half. */
const mostFailures = 8
const retries = { baseMs: 1000, maxMs: 30_000, spread: 0.25 }
/** REST may be behind the socket for a moment; it is asked so often. */
const mostLooks = 5
const looks = { baseMs: 250, maxMs: 4000, spread: 0.25 }
/** These do not get better by asking again. */
const final: readonly string[] = ['AUTH_REFUSED', 'PRIVATE_UNAVAILABLE', 'INVALID_OPTION', 'ABORTED']

/** An answer that is older than what was dropped. */
class Old extends Error {}

/**
 * Emits what is found, an order's or all balances at once, and completes. Errors with the `UpbitError` of a call that
 * failed for good. Nothing is asked before `room$` has emitted, so a consumer that takes nothing costs no call.
 */
export function refetch$(dropped: DroppedAccount, ports: RefetchPorts): Observable<Refetched> {
  const { orders, currencies, isOverfull } = dropped
  return concat(
    from(orders).pipe(mergeMap(([uuid, order]) => order$(uuid, order, ports), callsAtOnce)),
    currencies.size === 0 ? EMPTY : balances$(currencies, ports),
    isOverfull ? everyOrder$(orders, ports) : EMPTY,
  )
}

function order$(uuid: string, dropped: DroppedOrder, ports: RefetchPorts): Observable<Refetched> {
  const row$ = asked$(
    ports,
    (calls) => calls.order$({ uuid, ...callOptions }),
    (row) => isBehind(dropped, row),
  )
  return row$.pipe(
    map((row): Refetched => {
      const events = toldAgain(dropped, row, ports.isFollowed(uuid), ports.environment.now())
      return isBehind(dropped, row) ? { events, reason: 'edge-unproven' } : { events }
    }),
    // REST does not know it, often as it was asked; of the others it may.
    catchError((error: unknown) =>
      isUpbitError(error) && error.code === 'NOT_FOUND'
        ? of<Refetched>({ events: [], reason: 'edge-unproven' })
        : throwError(() => error),
    ),
  )
}

function balances$(currencies: ReadonlySet<string>, ports: RefetchPorts): Observable<Refetched> {
  return asked$(ports, ({ accounts$ }) => accounts$(callOptions)).pipe(
    map((rows) => {
      const assets = [...currencies]
        .filter((currency) => !ports.isFollowed(currency))
        .map((currency) => {
          const { balance = '0', locked = '0' } = rows.find((row) => row.currency === currency) ?? {}
          return { currency, balance, locked }
        })
      return { events: assets.length === 0 ? [] : [assetEvent(assets, ports.environment.now())] }
    }),
  )
}

/** How every open order stands: which of them were dropped is not known any more, nor which fills. */
function everyOrder$(known: ReadonlyMap<string, unknown>, ports: RefetchPorts): Observable<Refetched> {
  const told = new Set(known.keys())
  const page$ = (page: number): Observable<readonly RestOrder[]> =>
    asked$(ports, ({ openOrders$ }) =>
      openOrders$({ page, limit: pageLimit, orderBy: 'asc', ...callOptions }),
    )
  return concat(
    openPages$(page$, known.size).pipe(
      map((rows): Refetched => {
        const others = rows.filter(({ uuid }) => !told.has(uuid) && !ports.isFollowed(uuid))
        for (const { uuid } of others) told.add(uuid)
        return { events: others.map((row) => standingEvent(row, ports.environment.now())) }
      }),
    ),
    of<Refetched>({ events: [], reason: 'too-slow' }),
  )
}

/** Emits the answer; where it `isOld` it is asked for again, and told in the end as it is. */
function asked$<T>(
  { calls, environment, room$, failed }: RefetchPorts,
  call$: (calls: RefetchPorts['calls']) => Observable<T>,
  isOld: (answer: T) => boolean = () => false,
): Observable<T> {
  return defer(() => {
    let looked = 0
    let failures = 0
    const wait$ = (attempt: number, backoff: Backoff): Observable<unknown> =>
      environment.timer$(backoffDelayMs(attempt, () => environment.random(), backoff))
    return room$.pipe(
      mergeMap(() => call$(calls)),
      throwIfEmpty(() => new UpbitError('ABORTED', 'The client ended while orders were fetched.')),
      tap((answer) => {
        if (looked + 1 < mostLooks && isOld(answer)) throw new Old()
      }),
      retry({
        delay(error: unknown) {
          const isUnknown = isUpbitError(error) && error.code === 'NOT_FOUND'
          if ((error instanceof Old || isUnknown) && ++looked < mostLooks) return wait$(looked, looks)
          if (isUnknown || !isUpbitError(error) || final.includes(error.code) || ++failures === mostFailures)
            return throwError(() => error)
          failed(error)
          return wait$(failures, retries)
        },
      }),
    )
  })
}
