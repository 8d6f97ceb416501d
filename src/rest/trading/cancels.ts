/**
 * Cancels. That of named orders may be repeated, since it does the same twice; that of «at most so many» may not: the next
 * time it would cancel others.
 */
import type { Observable } from 'rxjs'
import { catchError, defer, map, throwError } from 'rxjs'
import { UpbitError } from '../../base/errors'
import { endpoints } from '../endpoints'
import type { RestCall } from '../rest-call'
import type { RestCaller } from '../rest-caller'
import type { RestCancelList } from '../rows/cancel-rows'
import type { RestOrder } from '../rows/order-row'
import { tradingPriority } from './placement'
import type { TradingCall } from './sending'
import { asUpbitError, isNoOrder, isRefusedUnread, Sending, toldWhenUnknown$ } from './sending'
import type { CancelledOrder, CancelledOrders } from '../trading-results'

export interface Cancel<T> extends TradingCall {
  readonly call: RestCall<T>
}

/** One order. What is refused after an attempt without an answer is looked up: that attempt may have cancelled it. */
export function cancelled$(
  call$: RestCaller,
  cancel: Cancel<RestOrder> & { readonly lookup: RestCall<RestOrder>['parameters'] },
): Observable<CancelledOrder> {
  const { call, what, environment, timeoutMs } = cancel
  return defer(() => {
    const endMs = environment.now() + timeoutMs
    const sending = new Sending(() => true)
    const lookup: RestCall<RestOrder> = {
      endpoint: endpoints.order,
      parameters: cancel.lookup,
      what: `${what}, looked up,`,
    }
    const source$ = call$(call, { priority: tradingPriority, timeoutMs, watch: sending }).pipe(
      map((order): CancelledOrder => ({ ...order, confirmedBy: 'answer' })),
      catchError((cause: unknown) => {
        const error = asUpbitError(cause)
        if (!sending.isUnknown || !(isNoOrder(error) || error.code === 'REST_REFUSED')) {
          return throwError(() => error)
        }
        const leftMs = Math.max(1, endMs - environment.now())
        return call$(lookup, { priority: tradingPriority, timeoutMs: leftMs }).pipe(
          map((order): CancelledOrder => {
            if (order.state !== 'wait' && order.state !== 'watch') return { ...order, confirmedBy: 'lookup' }
            sending.settle()
            throw error
          }),
          catchError((found: unknown) => {
            if (isNoOrder(found)) sending.settle()
            return throwError(() => found)
          }),
        )
      }),
    )
    return toldWhenUnknown$(source$, sending, (cause) => unknownCancel(what, cause, again), cancel)
  })
}

/** Several orders by their ids. */
export function cancelledByIds$(
  call$: RestCaller,
  cancel: Cancel<RestCancelList>,
): Observable<CancelledOrders> {
  return defer(() => {
    const sending = new Sending(() => true)
    const source$ = call$(cancel.call, {
      priority: tradingPriority,
      timeoutMs: cancel.timeoutMs,
      watch: sending,
    }).pipe(map((list): CancelledOrders => ({ ...list, isRepeated: sending.hasDoubts })))
    return toldWhenUnknown$(source$, sending, (cause) => unknownCancel(cancel.what, cause, again), cancel)
  })
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
  return new UpbitError('ORDER_UNKNOWN', text, { cause, nextStep })
}
