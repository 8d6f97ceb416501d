/**
 * One look at the whole account by REST: what it tells and nobody told before is delivered as events (C12.2). Orders first,
 * then balances. What a frame touched between a call and its answer keeps the frame's word and is asked for once more, at
 * most three times. Missing fills are last: they take a call an order.
 */
import type { Observable } from 'rxjs'
import { concat, defer, EMPTY, ignoreElements, of } from 'rxjs'
import type { AccountSubject } from '../ledger/account-subject'
import { OrderSweep } from './order-sweep'
import type { SweepPorts, SweepPriority } from './sweep-calls'
import { SweepCalls } from './sweep-calls'

export type { SweepPorts } from './sweep-calls'

export interface SweepOptions {
  /** Default both. A key may have the right to one alone. */
  readonly subjects?: readonly AccountSubject[]
}

/** What a sweep did. */
export interface SweepSummary {
  readonly calls: number
  /** Events that were missed, and are delivered. */
  readonly missed: number
  /** Orders and currencies that frames touched in each of the rounds: what the frames say of them stands. */
  readonly unsettled: number
  /** Orders given up: they were open here, and REST does not know them. */
  readonly vanished: number
  /** Something may have been missed that no look can find: frames were lost before the first look was through. */
  readonly isBlind: boolean
  /** Frames were lost since it began: what they told may have come too late for it, and is the next one's. */
  readonly isOvertaken: boolean
}

/** At most so many times is asked for what frames touch meanwhile (C12.2). */
const mostRounds = 3

/**
 * Begins on subscription; emits the summary when all is told, and completes. Errors with the `UpbitError` of a call, after
 * which what was taken so far stays taken. Unsubscribing aborts the call in flight.
 */
export function sweep$(
  ports: SweepPorts,
  priority: SweepPriority,
  { subjects = ['orders', 'balances'] }: SweepOptions = {},
): Observable<SweepSummary> {
  return defer(() => {
    const { ledger } = ports
    const calls = new SweepCalls(ports, priority)
    const lossesBefore = ledger.lossesOf(subjects)
    const orders = new OrderSweep(calls, priority === 'reconcile')
    const ofOrders = subjects.includes('orders')
    const ofBalances = subjects.includes('balances')
    let currencies: readonly string[] = []
    let settlesInMs = 0

    const accounts$ = calls.ask$(
      (rest, options) => rest.accounts$(options),
      ({ value, since, receivedAt, sentMs }) => {
        const taken = ledger.takeAccounts(value, since, receivedAt, sentMs)
        currencies = taken.touched
        settlesInMs = taken.settlesInMs ?? 0
        return taken
      },
    )
    // To ask at once would be to get the same old answer.
    const settled$ = defer(() =>
      settlesInMs > 0 ? ports.environment.timer$(settlesInMs, { referenced: false }) : EMPTY,
    )
    const again$ = (round: number): Observable<unknown> =>
      defer(() => {
        if (round > mostRounds || orders.again.size + currencies.length === 0) return EMPTY
        return concat(
          orders.again.size > 0 ? orders.again$() : EMPTY,
          currencies.length > 0 ? concat(settled$.pipe(ignoreElements()), accounts$) : EMPTY,
          again$(round + 1),
        )
      })
    const known$ = defer(() => {
      if (ofBalances) ledger.knowBalances()
      return EMPTY
    })

    return concat(
      concat(
        ofOrders ? orders.list$() : EMPTY,
        ofBalances ? accounts$ : EMPTY,
        again$(2),
        known$,
        ofOrders ? orders.denials$() : EMPTY,
        ofOrders ? orders.fills$() : EMPTY,
      ).pipe(ignoreElements()),
      defer(() => {
        const isOvertaken = ledger.lossesOf(subjects) !== lossesBefore
        return of({
          calls: calls.count,
          missed: calls.missed,
          unsettled: orders.again.size + currencies.length,
          vanished: orders.vanished,
          isBlind: !isOvertaken && ledger.settle(subjects),
          isOvertaken,
        })
      }),
    )
  })
}
