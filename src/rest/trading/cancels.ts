/**
 * Cancels. That of named orders may be repeated, since it does the same twice; that of «at most so many» may not: the next
 * time it would cancel others.
 */
import type { Observable } from 'rxjs'
import { catchError, defer, map, throwError } from 'rxjs'
import { UpbitError } from '../../base/errors'
import { backoffDelayMs } from '../../operators/backoff'
import { retryWithBackoff } from '../../operators/retry-with-backoff'
import { usedNonceToo } from '../../protocol/used-nonce'
import { endpoints } from '../endpoints'
import type { RestCall } from '../rest-call'
import type { RestCaller } from '../rest-caller'
import type { RestCancelList } from '../rows/cancel-rows'
import type { RestOrder } from '../rows/order-row'
import { tradingPriority } from './placement'
import { asUpbitError, isNoOrder, isRefusedUnread, isUnclear } from './refusals'
import { Sending } from './sending'
import type { TradingCall } from './told-when-unknown'
import { toldWhenUnknown$ } from './told-when-unknown'
import type { CancelledOrder, CancelledOrders } from '../trading-results'

export interface Cancel<T> extends TradingCall {
  readonly call: RestCall<T>
}

/** One order. What is refused after an attempt without an answer is looked up: that attempt may have cancelled it. */
export function cancelled$(
  call$: RestCaller,
  cancel: Cancel<RestOrder> & { readonly lookup: RestCall<RestOrder>['parameters'] },
): Observable<CancelledOrder> {
  const lookup: RestCall<RestOrder> = {
    endpoint: endpoints.order,
    parameters: cancel.lookup,
    what: `${cancel.what}, looked up,`,
  }
  const isRepeatable = (error: UpbitError): boolean => isUnclear(error) || isRefused(error)
  return untilKnown$(cancel, isRepeatable, (sending, leftMs) =>
    call$(cancel.call, { priority: tradingPriority, timeoutMs: leftMs(), watch: sending }).pipe(
      map((order): CancelledOrder => ({ ...order, confirmedBy: 'answer' })),
      catchError((cause: unknown) => {
        const error = asUpbitError(cause)
        if (!sending.isUnknown || isUnclear(error) || !isRefused(error)) return throwError(() => error)
        return call$(lookup, { priority: tradingPriority, timeoutMs: leftMs() }).pipe(
          catchError((found: unknown) => {
            if (isNoOrder(found)) sending.settle()
            return throwError(() => found)
          }),
          map((order): CancelledOrder => {
            // Nothing is known by that: a cancel that was accepted is done later.
            if (order.state === 'wait' || order.state === 'watch') throw error
            return { ...order, confirmedBy: 'lookup' }
          }),
        )
      }),
    ),
  )
}

/** Several orders by their ids. What is refused after an attempt without an answer is no word on that attempt. */
export function cancelledByIds$(
  call$: RestCaller,
  cancel: Cancel<RestCancelList>,
): Observable<CancelledOrders> {
  return untilKnown$(cancel, isUnclear, (sending, leftMs) =>
    call$(cancel.call, { priority: tradingPriority, timeoutMs: leftMs(), watch: sending }).pipe(
      map((list): CancelledOrders => ({ ...list, isRepeated: sending.hasLostAttempt })),
    ),
  )
}

/** The open orders that fit. */
export function cancelledOpen$(
  call$: RestCaller,
  cancel: Cancel<RestCancelList>,
): Observable<RestCancelList> {
  return defer(() => {
    const sending: Sending = new Sending((error) => isRefusedUnread(error) && !sending.isUnknown)
    const source$ = call$(cancel.call, {
      priority: tradingPriority,
      timeoutMs: cancel.timeoutMs,
      watch: sending,
    })
    const look = 'Look with rest.getOpenOrders() at what is left: a second call cancels further orders.'
    return toldWhenUnknown$(source$, sending, (cause) => unknownCancel(cancel.what, cause, look), cancel)
  })
}

const again = 'Call it again: a cancel of the same orders may be repeated.'

function unknownCancel(what: string, cause: UpbitError, nextStep: string): UpbitError {
  const text = `${what} was sent, and what became of it is not known: ${cause.message}`
  return new UpbitError('ORDER_UNKNOWN', text, {
    cause,
    nextStep: nextStep + usedNonceToo(cause.serverName),
  })
}

/** From a cancel to the next one. */
const repeats = { baseMs: 250, maxMs: 2000, spread: 0 }

function isRefused({ code }: UpbitError): boolean {
  return code === 'REST_REFUSED' || code === 'NOT_FOUND'
}

/**
 * A cancel of named orders, done again within its time until it is known what became of it. What may be better the next
 * time is repeated by the caller of REST already; left to be repeated here is what says nothing of the cancel.
 */
function untilKnown$<T>(
  cancel: TradingCall,
  isRepeatable: (error: UpbitError) => boolean,
  attempt$: (sending: Sending, leftMs: () => number) => Observable<T>,
): Observable<T> {
  const { environment, what, timeoutMs } = cancel
  return defer(() => {
    const endMs = environment.now() + timeoutMs
    const sending = new Sending(() => true)
    const leftMs = (): number => Math.max(1, endMs - environment.now())
    const source$ = defer(() => attempt$(sending, leftMs)).pipe(
      retryWithBackoff<T>({
        stableAfterMs: Infinity,
        environment,
        delayMs: (cause, attempt) => {
          if (!sending.isUnknown || !isRepeatable(asUpbitError(cause))) return undefined
          // Also of an answer that could not be read: the next attempt's refusal is no word on it.
          sending.lost()
          const delayMs = backoffDelayMs(attempt, () => 0, repeats)
          // What cannot be in time is told now, with what was answered, and not as a time-out later.
          return delayMs < leftMs() ? delayMs : undefined
        },
      }),
    )
    return toldWhenUnknown$(source$, sending, (cause) => unknownCancel(what, cause, again), cancel)
  })
}
