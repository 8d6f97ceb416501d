/**
 * One order, placed at most once. What goes out is never sent again unless it was refused unread, and then under the same
 * identifier, of which the exchange takes one order alone (docs.upbit.com `new-order`, read 2026-11). Where its outcome is
 * not known, the order is looked up by that identifier until it is there, or has not been there for long enough.
 */
import type { Observable } from 'rxjs'
import {
  catchError,
  defer,
  ignoreElements,
  map,
  merge,
  NEVER,
  race,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
} from 'rxjs'
import { isUpbitError, UpbitError } from '../../base/errors'
import { backoffDelayMs } from '../../operators/backoff'
import { retryWithBackoff } from '../../operators/retry-with-backoff'
import { usedNonce } from '../../protocol/used-nonce'
import type { Priority } from '../../rate-limit/priority'
import { endpoints } from '../endpoints'
import type { RestCall } from '../rest-call'
import type { RestCaller } from '../rest-caller'
import type { RestOrder } from '../rows/order-row'
import type { Likeness } from './likeness-of'
import type { MadeBefore } from './made-before'
import { madeBefore } from './made-before'
import { alike, notPlaced, taken, unknown } from './placement-errors'
import { asUpbitError, isNoOrder, isRefusedUnread } from './refusals'
import { Sending } from './sending'
import type { TradingCall } from './told-when-unknown'
import { toldWhenUnknown$ } from './told-when-unknown'

/**
 * First in its line: somebody waits, for an order as for its cancel. No class of its own, since no dial and no reconnect
 * of a socket stands in the lines of an account.
 */
export const tradingPriority: Priority = 'reconnect'

export interface Placement<T, R> extends TradingCall {
  readonly call: RestCall<T>
  /** Of the new order. */
  readonly identifier: string
  /** A new id of ours, under which nothing else can have been placed. */
  readonly isOurs: boolean
  /** `undefined` for an answer that is of another order. */
  readonly answered: (row: T) => R | undefined
  readonly found: (order: RestOrder) => R
  /** Whether an order of that identifier is the one that was sent. */
  readonly likeness: (order: RestOrder, madeBefore: MadeBefore) => Likeness
}

/** An answer takes milliseconds; beyond this its line is broken, and looking tells sooner. */
const longestAnswerMs = 5000
/**
 * So long after the request has ended, an order that is not there was not placed. A rule of ours: the exchange documents
 * no bound for what it has received and not yet shown.
 */
const notPlacedAfterMs = 10_000
/** A timer may be that much ahead of the clock. */
const earlyMs = 50
/** From look to look. */
const looks = { baseMs: 250, maxMs: 2000, spread: 0 }
const longestLookMs = 3000

/**
 * Emits the order and completes. Errors with `ORDER_NOT_PLACED`, with `ORDER_UNKNOWN`, or with what refused it; with
 * `TIMEOUT` or `ABORTED` only where it was not sent.
 */
export function placed$<T, R>(call$: RestCaller, placement: Placement<T, R>): Observable<R> {
  const { environment, call, what, identifier, isOurs, timeoutMs } = placement
  return defer(() => {
    const endMs = environment.now() + timeoutMs
    const underWaySubject = new Subject<boolean>()
    const sending = new Sending(isRefusedUnread)
    let sentMs = environment.now()
    const watch = {
      sent: () => {
        // Of what was refused unread before, nothing can have been made.
        if (!sending.isUnknown) sentMs = environment.now()
        sending.sent()
        underWaySubject.next(true)
      },
      failed: (error: UpbitError) => {
        underWaySubject.next(false)
        return sending.failed(error)
      },
    }
    const silent$ = underWaySubject.pipe(
      switchMap((isUnderWay) =>
        // Half of what is left at most, so that the other half is there for looking.
        isUnderWay ? environment.timer$(Math.min(longestAnswerMs, (endMs - environment.now()) / 2)) : NEVER,
      ),
      map(() => {
        throw new UpbitError('REST_FAILED', `${what} got no answer.`)
      }),
    )
    const answer$ = call$(call, { priority: tradingPriority, timeoutMs, watch }).pipe(
      map((row) => {
        const answered = placement.answered(row)
        if (answered !== undefined) return answered
        throw new UpbitError('UNDECODABLE', `${what} was answered with another order.`)
      }),
    )
    // In this order: it may be sent in the very moment in which it is subscribed to.
    let first: UpbitError | undefined
    const attempt$ = race(silent$, answer$).pipe(
      catchError((cause: unknown) => {
        const error = (first = asUpbitError(cause))
        // Under an id of ours nothing else can be there; a given one may be used up.
        if (isOurs && error.serverName === 'duplicated_identifier') sending.lost()
        return sending.isUnknown ? look$(error, endMs, sentMs) : throwError(() => error)
      }),
    )
    return toldWhenUnknown$(attempt$, sending, (cause) => unknown(what, identifier, cause, first), placement)
  })

  /** From here on nothing of ours is under way. `first` is why its outcome is not known. */
  function look$(first: UpbitError, endMs: number, sentMs: number): Observable<R> {
    const sinceMs = environment.now()
    let askedMs = sinceMs
    // A clock that is set forward proves nothing of the exchange, so that both have to say it.
    let hasWaited = false
    let hadWaited = false
    const wait$ = environment.timer$(notPlacedAfterMs - earlyMs, { referenced: false }).pipe(
      tap(() => (hasWaited = true)),
      ignoreElements(),
    )
    let date: string | undefined
    const lookup: RestCall<RestOrder> = {
      endpoint: endpoints.order,
      parameters: { identifier },
      what: `${what}, looked up,`,
    }
    const once$ = defer(() => {
      askedMs = environment.now()
      hadWaited = hasWaited
      // Its time is over in this very moment.
      if (askedMs >= endMs) return throwError(() => unknown(what, identifier, first))
      return call$(lookup, {
        priority: tradingPriority,
        timeoutMs: longestLookMs,
        attempts: 1,
        answered: ({ headers }) => (date = headers.date),
      })
    })
    const isLate = (): boolean => hadWaited && askedMs - sinceMs >= notPlacedAfterMs
    const looking$ = once$.pipe(
      retryWithBackoff({
        stableAfterMs: Infinity,
        environment,
        delayMs: (error, attempt) => {
          if (isLast(error) || (isNoOrder(error) && isLate())) return undefined
          const delayMs = backoffDelayMs(attempt, () => 0, looks)
          const leftMs = sinceMs + notPlacedAfterMs - environment.now()
          return leftMs > 0 ? Math.min(delayMs, leftMs) : delayMs
        },
      }),
      catchError((error: unknown) =>
        throwError(() =>
          isNoOrder(error)
            ? notPlaced(what, identifier, notPlacedAfterMs, first)
            : unknown(what, identifier, asUpbitError(error)),
        ),
      ),
      map((order) => {
        // What is under an id of ours is ours, whatever the exchange made of it.
        const seen = { sentMs, nowMs: environment.now(), date }
        const likeness = isOurs ? 'as sent' : placement.likeness(order, madeBefore(order.created_at, seen))
        if (likeness === 'as sent') return placement.found(order)
        throw likeness === 'other'
          ? taken(what, identifier, order, first)
          : alike(what, identifier, order, first)
      }),
    )
    return merge(wait$, looking$).pipe(take(1))
  }
}

/** Looking again would be refused again: without the right to see orders, say. */
function isLast(error: unknown): boolean {
  if (!isUpbitError(error) || error.code === 'ORDER_UNKNOWN') return true
  const isRefused = error.code === 'AUTH_REFUSED' || error.code === 'REST_REFUSED'
  return isRefused && error.status !== undefined && error.serverName !== usedNonce
}
