/** What a client trades with. Only what it looks like: the calls themselves are Node's, and no page loads them. */
import type { Observable } from 'rxjs'
import type { Environment } from './base/environment'
import type { PromiseOptions } from './promise-options'
import type { CancelOpenOptions, OrderRequest, ReplaceRequest } from './rest/order-request'
import type { RestCaller } from './rest/rest-caller'
import type { OrderId, OrderIds } from './rest/rest-options'
import type { RestCancelList } from './rest/rows/cancel-rows'
import type { RestOrderChance } from './rest/rows/chance-row'
import type { RestOrder } from './rest/rows/order-row'
import type { CancelledOrder, CancelledOrders, PlacedOrder, ReplacedOrder } from './rest/trading-results'

/** Whose orders they are: asked at each call, since a client may have another manager after a shutdown. */
export interface TradingPorts {
  readonly call$: RestCaller
  readonly environment: Environment
  /** Emits when whoever orders has been shut down. */
  readonly ended$: Observable<unknown>
  /** Told of an order that was placed. */
  readonly placed?: (order: RestOrder) => void
}

/** Whether a client may trade. */
export interface TradingAccess {
  /** It was made with `{ trading: true }`. */
  readonly isAsked: boolean
  /** REST is of the same exchange as its sockets. */
  readonly hasRest: boolean
}

/**
 * Orders over REST, for a client that was made with `{ trading: true }`. Orders and their amounts are checked before
 * anything is sent; amounts are decimal text, `'0.0005'`.
 *
 * **An order is placed at most once.** It carries an `identifier`, yours or a new one. It is sent again only where a limit
 * or its token refused it unread, and then with the same identifier. Where its answer is lost, it is looked up by the
 * identifier, and the call ends with one of three: the order (`confirmedBy: 'lookup'`); `ORDER_NOT_PLACED`, when the
 * exchange has had no such order for 10 s after the request ended, or has another one under your `identifier`;
 * `ORDER_UNKNOWN`, with the `identifier`, where the time was over, your `signal` aborted or the client was shut down before that
 * was known. A `NOT_FOUND` of a look of your own counts 10 s after that.
 *
 * Every call waits for its permit of the exchange's limits, before all others of the account, and rejects with an
 * `UpbitError`: those of `rest`, and these two. `TIMEOUT` and `ABORTED` of a call that orders or cancels mean that nothing
 * was done. Source: docs.upbit.com, `new-order`, `cancel-order`, `cancel-and-new-order`.
 *
 * @example
 * ```ts
 * import { createUpbit, isUpbitError } from 'upbit-rx'
 *
 * const { trading, rest } = createUpbit({ trading: true })
 * const order = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: '100000000', volume: '0.001' } as const
 * try {
 *   const { uuid, identifier } = await trading.placeOrder(order)
 *   console.log(uuid, identifier)
 *   await trading.cancelOrder({ uuid })
 * } catch (error) {
 *   if (!isUpbitError(error) || error.code !== 'ORDER_UNKNOWN' || error.identifier === undefined) throw error
 *   console.log(await rest.getOrder({ identifier: error.identifier }))
 * }
 * ```
 */
export interface Trading {
  /** Fees, kinds of orders, bounds and the two balances of a market. */
  getOrderChance(market: string, options?: PromiseOptions): Promise<RestOrderChance>
  /**
   * Has the exchange check an order without placing it: what is wrong with it rejects with `REST_REFUSED` and the
   * exchange's name of it. The answer's `uuid` is of no order.
   */
  testOrder(order: OrderRequest, options?: PromiseOptions): Promise<RestOrder>
  /**
   * Places an order. `timeoutMs` is 20,000 by default, for the answer and for looking when there is none.
   *
   * @example
   * ```ts
   * import { createUpbit } from 'upbit-rx'
   *
   * const { trading } = createUpbit({ trading: true })
   * const bought = await trading.placeOrder({ market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '10000' })
   * console.log(bought.state, bought.confirmedBy)
   * ```
   */
  placeOrder(order: OrderRequest, options?: PromiseOptions): Promise<PlacedOrder>
  /**
   * Asks for the cancel of an order; done again until it is known what became of it, and `ORDER_UNKNOWN` where that is not in
   * `timeoutMs`, 5,000 by default. The order that it gives may still be in state `wait`. `NOT_FOUND` where there is none to
   * cancel.
   */
  cancelOrder(options: OrderId & PromiseOptions): Promise<CancelledOrder>
  /** Asks for the cancel of at most 20 orders, by the exchange's ids or by your own; done again until there is an answer. */
  cancelOrders(options: OrderIds & PromiseOptions): Promise<CancelledOrders>
  /**
   * Asks for the cancel of the open orders that fit, once in two seconds. It is not done again where its outcome is not
   * known, since it would cancel further ones: that is `ORDER_UNKNOWN`.
   */
  cancelOpenOrders(options?: CancelOpenOptions & PromiseOptions): Promise<RestCancelList>
  /**
   * Cancels an order and places another one of the same market and side, as safely as `placeOrder`. The new order comes when
   * the cancel is done, and not at all where the old one was filled before: `rest.getOrder({ uuid })` tells, and `myOrder`.
   *
   * @example
   * ```ts
   * import { createUpbit } from 'upbit-rx'
   *
   * const { trading } = createUpbit({ trading: true })
   * const replaced = await trading.cancelAndNew({
   *   prev_order_identifier: 'grid-7',
   *   new_ord_type: 'limit',
   *   new_price: '99000000',
   *   new_volume: 'remain_only',
   *   new_identifier: 'grid-8',
   * })
   * console.log(replaced.new_order_uuid)
   * ```
   */
  cancelAndNew(order: ReplaceRequest, options?: PromiseOptions): Promise<ReplacedOrder>
}
