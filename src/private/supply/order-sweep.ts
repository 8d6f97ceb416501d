/**
 * The orders' part of a sweep: those that are open; those that were made and ended unheard, which are among the newest
 * closed ones; and by id those that were open here and are in neither list.
 */
import type { Observable } from 'rxjs'
import { catchError, concat, concatMap, defer, EMPTY, from, mergeMap, retry, throwError } from 'rxjs'
import { isUpbitError } from '../../base/errors'
import type { RestOrder } from '../../rest/rows/order-row'
import { behindMs } from '../ledger/behind'
import type { Ledger, Taken } from '../ledger/ledger'
import { closedPages$ } from './closed-pages'
import { openPages$, pageLimit } from './open-pages'
import type { Answer, SweepCalls } from './sweep-calls'

/** The most ids of a call (docs.upbit.com `list-orders-by-ids`, read 2026-11). */
const idLimit = 100
/** Calls for fills at a time: enough to use the budget, few enough to let others in. */
const fillCallsAtOnce = 4

export class OrderSweep {
  /** To be asked for once more: a frame came meanwhile, or REST did not know it. */
  again = new Set<string>()
  /** How many orders were given up: they were open here, and REST does not know them. */
  vanished = 0
  private readonly listed = new Set<string>()
  private readonly denied = new Set<string>()
  private readonly ledger: Ledger
  private readonly begunAt: number
  private readonly begunMs: number | undefined

  /** `isLive`: frames come meanwhile, and go on to tell what happens. */
  constructor(
    private readonly calls: SweepCalls,
    private readonly isLive: boolean,
  ) {
    this.ledger = calls.ports.ledger
    this.begunAt = this.ledger.revision
    this.begunMs = this.ledger.nowMs
  }

  /** Which orders there are, and how each stands. */
  list$(): Observable<unknown> {
    const { ledger } = this
    const isFirst = !ledger.orders.beginning.hasBegun
    return concat(
      // The first time the closed ones are the past, and say what time it is at the exchange: orders made after it are new.
      isFirst ? this.past$() : EMPTY,
      defer(() => {
        const { sinceMs, nowMs } = ledger.orders.seek()
        const lookedAtMs = this.calls.ports.environment.now()
        return concat(
          openPages$((page) => this.openPage$(page), ledger.orders.openCount),
          // What ended while the open ones were read was old too.
          isFirst && !ledger.orders.isLate ? this.past$() : this.closed$(sinceMs),
          defer(() => this.byIds$(this.unlisted())),
          defer(() => {
            ledger.knowOrders(nowMs, this.isLive)
            ledger.orders.lookedAtMs = lookedAtMs
            return EMPTY
          }),
        )
      }),
    )
  }

  /** What is to be asked for once more, by id. */
  again$(): Observable<unknown> {
    return defer(() => {
      const uuids = [...this.again]
      this.again = new Set()
      return this.byIds$(uuids)
    })
  }

  /** Counts what was denied, once however often it was asked for: calls of one look are too near to each other. */
  denials$(): Observable<never> {
    return defer(() => {
      const { orders } = this.ledger
      // What a frame touched meanwhile may have been too young.
      const denied = [...this.denied].filter((uuid) => orders.touchedAt(uuid) <= this.begunAt)
      const gone = this.ledger.takeAbsences(denied, this.begunMs)
      for (const uuid of gone) this.again.delete(uuid)
      this.vanished += gone.length
      return EMPTY
    })
  }

  /** The fills that are missing: one call for each order that has some. */
  fills$(): Observable<unknown> {
    return defer(() => from([...this.ledger.orders.incomplete])).pipe(
      mergeMap((uuid) => this.fillsOf$(uuid), fillCallsAtOnce),
    )
  }

  private past$(): Observable<unknown> {
    return this.calls.ask$(
      (calls, options) => calls.closedOrders$(options),
      (answer) => this.take(answer, answer.value),
    )
  }

  private openPage$(page: number): Observable<readonly RestOrder[]> {
    return this.calls.ask$(
      (calls, options) => calls.openOrders$({ page, limit: pageLimit, orderBy: 'asc', ...options }),
      (answer) => this.take(answer, answer.value),
    )
  }

  private closed$(sinceMs: number): Observable<unknown> {
    const nowMs = this.calls.ports.environment.now()
    const { orders } = this.ledger
    const { lookedAtMs = nowMs } = orders
    return closedPages$(
      (window) =>
        this.calls.ask$(
          (calls, options) => calls.closedOrders$({ ...window, ...options }),
          (answer) => this.take(answer, orders.relevantOf(answer.value, sinceMs)),
        ),
      // A poll comes every two seconds, and the look after it is whole again.
      this.isLive ? orders.reachMs(sinceMs) : sinceMs,
      { elapsedMs: nowMs - lookedAtMs, nowMs },
    )
  }

  /** What no list had and no end was told of. What a frame touched meanwhile is asked for later: it may be too young. */
  private unlisted(): readonly string[] {
    const { orders } = this.ledger
    const unlisted = [...orders.unended].filter((uuid) => !this.listed.has(uuid))
    const isYoung = (uuid: string): boolean => orders.touchedAt(uuid) > this.begunAt
    for (const uuid of unlisted) if (isYoung(uuid)) this.again.add(uuid)
    return unlisted.filter((uuid) => !isYoung(uuid))
  }

  private byIds$(uuids: readonly string[]): Observable<unknown> {
    const chunks = Array.from({ length: Math.ceil(uuids.length / idLimit) }, (_, index) =>
      uuids.slice(index * idLimit, (index + 1) * idLimit),
    )
    return from(chunks).pipe(concatMap((chunk) => this.chunk$(chunk)))
  }

  private chunk$(uuids: readonly string[]): Observable<unknown> {
    return this.calls.ask$(
      (calls, options) => calls.ordersByIds$({ uuids, ...options }),
      (answer) => {
        const found = new Set(answer.value.map(({ uuid }) => uuid))
        const absent = uuids.filter((uuid) => !found.has(uuid))
        for (const uuid of absent) {
          this.again.add(uuid)
          this.denied.add(uuid)
        }
        return this.take(answer, answer.value)
      },
    )
  }

  private fillsOf$(uuid: string): Observable<unknown> {
    return this.calls
      .ask$(
        (calls, options) => calls.order$({ uuid, ...options }),
        (answer) => this.take(answer, [answer.value]),
      )
      .pipe(
        // REST may be behind, and who is told of an end without its fills never hears of them.
        retry({
          count: 1,
          delay: (error: unknown) =>
            isUnknown(error)
              ? this.calls.ports.environment.timer$(behindMs, { referenced: false })
              : throwError(() => error),
        }),
        catchError((error: unknown) => {
          if (!isUnknown(error)) return throwError(() => error)
          this.ledger.orders.takeNoFills(uuid)
          return EMPTY
        }),
      )
  }

  private take({ since, receivedAt }: Answer<unknown>, rows: readonly RestOrder[]): Taken {
    const taken = this.ledger.takeOrders(rows, since, receivedAt)
    for (const { uuid } of rows) {
      this.listed.add(uuid)
      this.again.delete(uuid)
      this.denied.delete(uuid)
    }
    for (const uuid of taken.touched) this.again.add(uuid)
    return taken
  }
}

function isUnknown(error: unknown): boolean {
  return isUpbitError(error) && error.code === 'NOT_FOUND'
}
