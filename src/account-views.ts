/** What an account is now: as streams of its present truth, and as promises of it. */
import type { Observable } from 'rxjs'
import { defer, distinctUntilChanged, map, Subject, takeUntil, throwError } from 'rxjs'
import { checkNames } from './base/check-names'
import type { UpbitError } from './base/errors'
import { invalidOption } from './base/invalid-option'
import type { Balance, OpenOrder } from './channels/account-view'
import type { Codes } from './channels/codes'
import { checkCodes } from './channels/codes'
import type { ConsumePorts } from './channels/consume'
import { countedAs } from './channels/counted-stream'
import type { PromiseOptions, PromisePorts } from './promise-options'
import { checkPromiseOptions, toPromise } from './promise-options'
import type { AccountLane } from './private-side'
import { privateUnavailable } from './account-channels'

/** What an account is now. */
export interface AccountViews {
  /** The open orders, the newest first: of these markets, or of all. */
  readonly openOrders$: (codes?: Codes) => Observable<readonly OpenOrder[]>
  /** What is held, by the name of the currency. */
  readonly balances$: () => Observable<readonly Balance[]>
  /** The open orders as a promise: of these markets, or of all. */
  readonly getOpenOrdersSnapshot: {
    (options?: PromiseOptions): Promise<readonly OpenOrder[]>
    (codes: Codes | undefined, options?: PromiseOptions): Promise<readonly OpenOrder[]>
  }
  /** What is held, as a promise. */
  readonly getBalancesSnapshot: (options?: PromiseOptions) => Promise<readonly Balance[]>
}

export interface AccountViewsPorts extends Pick<PromisePorts, 'environment' | 'privateStatus'> {
  /** What went wrong with the account's streams last. */
  newestError(): UpbitError | undefined
  /** Asked at each subscription: it is a use of the client. */
  use(): { readonly lane: AccountLane | undefined; readonly count: ConsumePorts['count'] }
}

export function createAccountViews(
  ports: () => AccountViewsPorts,
  prefix: () => string = () => '',
  /** What a live subscription keeps: whose views they are. */
  keeps?: object,
): AccountViews {
  const view$ = <T>(name: string, of$: (lane: AccountLane) => Observable<T>): Observable<T> =>
    defer(() => {
      const { lane, count } = ports().use()
      if (lane === undefined) return throwError(privateUnavailable)
      const endSubject = new Subject<void>()
      return of$(lane).pipe(
        countedAs(
          `${prefix()}${name}`,
          (counted, end) => count(Object.assign(counted, { keeps }), end),
          () => endSubject.next(),
        ),
        takeUntil(endSubject),
      )
    })
  const openOrders$ = (codes?: Codes, name = 'openOrders$'): Observable<readonly OpenOrder[]> => {
    if (codes === undefined) return view$(name, (lane) => lane.openOrders$)
    const wanted: ReadonlySet<string> = new Set(checkCodes(codes))
    return view$(name, (lane) =>
      lane.openOrders$.pipe(
        map((orders) => Object.freeze(orders.filter(({ code }) => wanted.has(code)))),
        distinctUntilChanged(isSameList),
      ),
    )
  }
  const balances$ = (name = 'balances$'): Observable<readonly Balance[]> =>
    view$(name, (lane) => lane.balances$)

  const asked = async <T>(stream$: Observable<T>, what: string, options: PromiseOptions = {}): Promise<T> => {
    checkNames(options, ['timeoutMs', 'signal'])
    checkPromiseOptions(options)
    const account = ports()
    const before = account.newestError()
    const told = {
      environment: account.environment,
      get privateStatus() {
        return account.privateStatus
      },
      get cause() {
        const newest = account.newestError()
        return newest === before ? undefined : newest
      },
    }
    return toPromise(stream$, what, told, options)
  }
  return {
    openOrders$: (codes) => openOrders$(codes),
    balances$: (...given: readonly unknown[]) => {
      const [currency] = given
      if (currency === undefined) return balances$()
      const nextStep = 'Choose from what it emits: `currency` of each balance is its name.'
      throw invalidOption('currency', currency, 'nothing, since balances$ has all', undefined, nextStep)
    },
    getOpenOrdersSnapshot: async (
      first?: Codes | PromiseOptions,
      options?: PromiseOptions,
    ): Promise<readonly OpenOrder[]> => {
      const what = 'getOpenOrdersSnapshot'
      // Before options stand codes, so that what are none is refused.
      const isCodes = typeof first === 'string' || Array.isArray(first) || options !== undefined
      return isCodes
        ? asked(openOrders$(first as Codes | undefined, what), what, options)
        : asked(openOrders$(undefined, what), what, first as PromiseOptions | undefined)
    },
    getBalancesSnapshot: (options) => asked(balances$('getBalancesSnapshot'), 'getBalancesSnapshot', options),
  }
}

function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index])
}
