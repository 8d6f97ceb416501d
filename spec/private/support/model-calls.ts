/**
 * REST beside the model: each call is answered by the books of some moment between its sending and its answer, so that
 * frames overtake it on both sides.
 */
import type { Observable } from 'rxjs'
import { concatMap, defer, map, of, throwError } from 'rxjs'
import type { Environment } from '../../../src/base/environment'
import { UpbitError } from '../../../src/base/errors'
import type { SweepPorts } from '../../../src/private/supply/sweep'
import type { RestOrder } from '../../../src/rest/rows/order-row'
import type { AccountModel, ModelOrder } from './account-model'

export interface ModelCallsOptions {
  /** The longest way to the exchange, and the longest way back, ms. */
  readonly latencyMs: number
  /** How often a call fails, 0 to 1. */
  readonly failures?: number
}

/** What was called, by the name of the call. */
export type CallLog = Record<string, number>

export function modelCalls(
  model: AccountModel,
  environment: Environment,
  { latencyMs, failures = 0 }: ModelCallsOptions,
): { readonly calls: SweepPorts['calls']; readonly log: CallLog } {
  const log: CallLog = {}
  const way$ = (): Observable<void> => environment.timer$(Math.floor(environment.random() * (latencyMs + 1)))
  function answer$<T>(name: string, read: () => T): Observable<T> {
    return defer(() => {
      log[name] = (log[name] ?? 0) + 1
      const isFailing = environment.random() < failures
      return way$().pipe(
        map(read),
        concatMap((value) => way$().pipe(map(() => value))),
        concatMap((value) =>
          isFailing
            ? throwError(() => new UpbitError('REST_FAILED', `${name} failed.`, { nextStep: 'Call again.' }))
            : of(value),
        ),
      )
    })
  }
  const sorted = (orders: readonly ModelOrder[], orderBy = 'desc'): readonly ModelOrder[] => {
    const sign = orderBy === 'asc' ? 1 : -1
    return [...orders].sort((a, b) => sign * (a.createdMs - b.createdMs))
  }
  const rows = (orders: readonly ModelOrder[]): readonly RestOrder[] =>
    orders.map((order) => model.row(order))

  return {
    log,
    calls: {
      accounts$: () => answer$('accounts', () => model.accounts()),
      openOrders$: ({ page = 1, limit = 100, orderBy } = {}) =>
        answer$('open', () => rows(sorted(model.open, orderBy).slice((page - 1) * limit, page * limit))),
      closedOrders$: ({ endTime, limit = 100, orderBy } = {}) =>
        answer$('closed', () => {
          const ended = model.orders.filter(
            ({ state, createdMs }) =>
              (state === 'done' || state === 'cancel') && createdMs <= Number(endTime ?? Infinity),
          )
          return rows(sorted(ended, orderBy).slice(0, limit))
        }),
      ordersByIds$: (options) =>
        answer$('byIds', () => rows(model.orders.filter(({ uuid }) => (options.uuids ?? []).includes(uuid)))),
      order$: (options) =>
        answer$('order', () => {
          const found = model.orders.find(({ uuid }) => uuid === options.uuid)
          if (found === undefined) throw new UpbitError('NOT_FOUND', 'There is no such order.')
          return model.rowWithFills(found)
        }),
    },
  }
}
