/** Trading as promises: the edge of `rest/trading/`, where everything is an Observable. Loaded on Node alone. */
import { map, merge, Observable, tap } from 'rxjs'
import { checkNames } from './base/check-names'
import { UpbitError } from './base/errors'
import { onAbort } from './channels/on-abort'
import { checkSignal } from './channels/option-checks'
import type { PromiseOptions } from './promise-options'
import { toPromise } from './promise-options'
import type { TradingCalls, TradingOptions } from './rest/trading/trading-calls'
import { createTradingCalls } from './rest/trading/trading-calls'
import type { Trading, TradingAccess, TradingPorts } from './trading'

/** Throws `INVALID_OPTION` for who may not trade. What is wrong with a call rejects, as it does everywhere. */
export function createTrading({ isAsked, hasRest }: TradingAccess, ports: () => TradingPorts): Trading {
  if (!isAsked) {
    throw refused(
      'Orders are not placed unless they are asked for.',
      'Set { trading: true }: in createUpbit for upbit.trading, in configureUpbit for the shared instance.',
    )
  }
  // Else orders would go to the real exchange beside sockets of another world.
  if (!hasRest) {
    throw refused(
      'There is no REST beside this `openSocket` to order at.',
      'Give sendHttp too (exchange.options of the test kit have it), or the restUrl of that world.',
    )
  }

  async function ask<T>(
    what: string,
    options: PromiseOptions,
    allowed: readonly string[],
    ask$: (calls: TradingCalls, options: TradingOptions) => Observable<T>,
  ): Promise<T> {
    checkNames(options, [...allowed, 'timeoutMs', 'signal'])
    const { signal, timeoutMs } = options
    checkSignal(signal)
    const { call$, environment, ended$ } = ports()
    const stop$ = merge(abort$(signal), ended$.pipe(map(() => undefined)))
    const asked$ = ask$(createTradingCalls(call$, environment), {
      stop$,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
    // What has been aborted already begins nothing; else its time and its end are the call's own matter, which knows
    // what may have been done until then.
    const isOver = signal?.aborted === true
    return toPromise(asked$, what, { environment }, { timeoutMs: Infinity, ...(isOver ? { signal } : {}) })
  }

  return {
    getOrderChance: (market, options = {}) =>
      ask('getOrderChance', options, [], (calls, limits) => calls.orderChance$(market, limits)),
    testOrder: (order, options = {}) =>
      ask('testOrder', options, [], (calls, limits) => calls.testOrder$(order, limits)),
    placeOrder: (order, options = {}) =>
      ask('placeOrder', options, [], (calls, limits) =>
        calls.placeOrder$(order, limits).pipe(tap((placed) => ports().placed?.(placed))),
      ),
    cancelOrder: (options) =>
      ask('cancelOrder', options, ['uuid', 'identifier'], (calls, limits) =>
        calls.cancelOrder$({ ...options, ...limits }),
      ),
    cancelOrders: (options) =>
      ask('cancelOrders', options, ['uuids', 'identifiers'], (calls, limits) =>
        calls.cancelOrders$({ ...options, ...limits }),
      ),
    cancelOpenOrders: (options = {}) => {
      const allowed = ['cancelSide', 'pairs', 'quoteCurrencies', 'excludedPairs', 'count', 'orderBy']
      return ask('cancelOpenOrders', options, allowed, (calls, limits) =>
        calls.cancelOpenOrders$({ ...options, ...limits }),
      )
    },
    cancelAndNew: (order, options = {}) =>
      ask('cancelAndNew', options, [], (calls, limits) =>
        calls.cancelAndNew$(order, limits).pipe(
          tap((replaced) => {
            if (replaced.confirmedBy === 'lookup') ports().placed?.(replaced.order)
          }),
        ),
      ),
  }
}

function refused(text: string, nextStep: string): UpbitError {
  return new UpbitError('INVALID_OPTION', text, { option: 'trading', nextStep })
}

/** Emits the signal's reason when it aborts. */
function abort$(signal: AbortSignal | undefined): Observable<unknown> {
  return new Observable((subscriber) => onAbort(signal, () => subscriber.next(signal?.reason)))
}
