/**
 * Every call of trading as an Observable: wrong arguments throw at the call, nothing is sent before the subscription, which
 * emits one result and completes, or errors with an `UpbitError`.
 */
import type { Observable } from 'rxjs'
import { NEVER } from 'rxjs'
import type { Environment } from '../../base/environment'
import { invalidOption } from '../../base/invalid-option'
import { checkCodes } from '../../channels/codes'
import { checkMs, checkOneOf } from '../../channels/option-checks'
import type { CancelOpenOptions, OrderRequest, ReplaceRequest } from '../order-request'
import type { OrderId, OrderIds } from '../rest-options'
import { checkId, checkIds, checkOneCode, checkQuotes, checkRange } from '../rest-checks'
import type { RestCall } from '../rest-call'
import type { RestCaller } from '../rest-caller'
import type { RestCancelList } from '../rows/cancel-rows'
import type { RestOrderChance } from '../rows/chance-row'
import type { RestOrder } from '../rows/order-row'
import type { CancelledOrder, CancelledOrders, PlacedOrder, ReplacedOrder } from '../trading-results'
import { cancelled$, cancelledByIds$, cancelledOpen$ } from './cancels'
import { likenessOf } from './likeness-of'
import { checkOrder, checkReplacement } from './order-checks'
import { placed$, tradingPriority } from './placement'
import { Sending } from './sending'
import type { TradingCall } from './told-when-unknown'
import { toldWhenUnknown$ } from './told-when-unknown'
import { tradingEndpoints } from './trading-endpoints'

export interface TradingOptions {
  readonly timeoutMs?: number
  /** Emits the cause when whoever asked wants no answer any more. */
  readonly stop$?: Observable<unknown>
}

export interface TradingCalls {
  orderChance$(market: string, options?: TradingOptions): Observable<RestOrderChance>
  testOrder$(order: OrderRequest, options?: TradingOptions): Observable<RestOrder>
  placeOrder$(order: OrderRequest, options?: TradingOptions): Observable<PlacedOrder>
  cancelOrder$(options: OrderId & TradingOptions): Observable<CancelledOrder>
  cancelOrders$(options: OrderIds & TradingOptions): Observable<CancelledOrders>
  cancelOpenOrders$(options?: CancelOpenOptions & TradingOptions): Observable<RestCancelList>
  cancelAndNew$(order: ReplaceRequest, options?: TradingOptions): Observable<ReplacedOrder>
}

/** Enough to hear nothing for 5 s, and to look for 10 s, in which an order that is not there was not placed. */
const placementMs = 20_000
const otherMs = 5000
/** docs.upbit.com `cancel-orders-by-ids`, `batch-cancel-orders`, read 2026-11. */
const mostCancels = 20
const mostPairs = 20

export function createTradingCalls(call$: RestCaller, environment: Environment): TradingCalls {
  function callOf(what: string, options: TradingOptions, usualMs: number): TradingCall {
    checkMs('timeoutMs', options.timeoutMs)
    const { timeoutMs = usualMs, stop$ = NEVER } = options
    return { environment, what, timeoutMs, stop$ }
  }

  /** What changes nothing: nothing of it is ever in doubt. */
  function read$<T>(call: RestCall<T>, reading: TradingCall): Observable<T> {
    const { timeoutMs } = reading
    const answer$ = call$(call, { priority: tradingPriority, timeoutMs })
    return toldWhenUnknown$(answer$, new Sending(() => true), (cause) => cause, reading)
  }

  return {
    orderChance$(market, options = {}) {
      const code = checkOneCode(market, 'market')
      const call = callOf(`getOrderChance of ${code}`, options, otherMs)
      return read$({ endpoint: tradingEndpoints.chance, what: call.what, parameters: { market: code } }, call)
    },
    testOrder$(order, options = {}) {
      const { body, identifier } = checkOrder(order)
      const call = callOf(`testOrder ${order.market}`, options, otherMs)
      const parameters = { ...body, identifier }
      return read$({ endpoint: tradingEndpoints.test, what: call.what, parameters }, call)
    },
    placeOrder$(order, options = {}) {
      const { body, identifier: given } = checkOrder(order)
      const call = callOf(`placeOrder ${order.market}`, options, placementMs)
      const identifier = given ?? environment.newId()
      return placed$(call$, {
        ...call,
        call: { endpoint: tradingEndpoints.place, what: call.what, parameters: { ...body, identifier } },
        identifier,
        isOurs: given === undefined,
        answered: (row): PlacedOrder | undefined =>
          isOf(row.identifier, identifier) ? { ...row, identifier, confirmedBy: 'answer' } : undefined,
        found: (row) => ({ ...row, identifier, confirmedBy: 'lookup' }),
        likeness: (row, madeBefore) => likenessOf(row, body, madeBefore),
      })
    },
    cancelOrder$(options) {
      const { name, id } = checkId(['uuid', 'identifier'], options)
      const call = callOf(`cancelOrder ${id}`, options, otherMs)
      const parameters = { [name]: id }
      return cancelled$(call$, {
        ...call,
        call: { endpoint: tradingEndpoints.cancel, what: call.what, parameters },
        lookup: parameters,
      })
    },
    cancelOrders$(options) {
      const { name, ids } = checkIds(['uuids', 'identifiers'], options, mostCancels)
      const call = callOf(`cancelOrders of ${ids.length}`, options, otherMs)
      return cancelledByIds$(call$, {
        ...call,
        call: { endpoint: tradingEndpoints.cancelByIds, what: call.what, parameters: { [name]: ids } },
      })
    },
    cancelOpenOrders$(options = {}) {
      const { cancelSide, quoteCurrencies, count, orderBy } = options
      checkOneOf('cancelSide', cancelSide, ['all', 'bid', 'ask'])
      const pairs = checkPairs('pairs', options.pairs)
      const excluded = checkPairs('excludedPairs', options.excludedPairs)
      const quotes =
        quoteCurrencies === undefined ? undefined : checkQuotes(quoteCurrencies, 'quoteCurrencies')
      if (pairs !== undefined && quotes !== undefined) {
        throw invalidOption(
          'quoteCurrencies',
          quoteCurrencies,
          'nothing beside `pairs`: the exchange takes one of them',
        )
      }
      checkRange('count', count, 1, 300)
      checkOneOf('orderBy', orderBy, ['asc', 'desc'])
      const call = callOf('cancelOpenOrders', options, otherMs)
      const parameters = {
        cancel_side: cancelSide,
        pairs: pairs?.join(),
        excluded_pairs: excluded?.join(),
        quote_currencies: quotes?.join(),
        count,
        order_by: orderBy,
      }
      return cancelledOpen$(call$, {
        ...call,
        call: { endpoint: tradingEndpoints.cancelOpen, what: call.what, parameters },
      })
    },
    cancelAndNew$(order, options = {}) {
      const { body, identifier: given } = checkReplacement(order)
      const old = order.prev_order_uuid ?? order.prev_order_identifier
      const call = callOf(`cancelAndNew of ${old}`, options, placementMs)
      const identifier = given ?? environment.newId()
      const parameters = { ...body, new_identifier: identifier }
      return placed$(call$, {
        ...call,
        call: { endpoint: tradingEndpoints.cancelAndNew, what: call.what, parameters },
        identifier,
        isOurs: given === undefined,
        answered: ({ new_order_uuid, new_order_identifier, ...previous }): ReplacedOrder | undefined =>
          isOf(new_order_identifier, identifier)
            ? { identifier, new_order_uuid, confirmedBy: 'answer', previous }
            : undefined,
        found: (found) => ({ identifier, new_order_uuid: found.uuid, confirmedBy: 'lookup', order: found }),
        likeness: (row, madeBefore) => likenessOf(row, body, madeBefore),
      })
    },
  }
}

/** Whether an answer is of our order; one that does not say is. */
function isOf(identifier: string | undefined, ours: string): boolean {
  return identifier === undefined || identifier === ours
}

function checkPairs(option: string, pairs: unknown): readonly string[] | undefined {
  if (pairs === undefined) return undefined
  if (!Array.isArray(pairs) || pairs.length === 0 || pairs.length > mostPairs) {
    throw invalidOption(option, pairs, `a list of 1 to ${mostPairs} market codes`)
  }
  return checkCodes(pairs as string[], option)
}
