/** What a test does to one account and asks of its books. */
import type { AccountBalance, AccountOrder } from './account'
import type { NewOrder } from './new-order'
import type { PocketEvents } from './pocket-events'

/** How `place` places. */
export interface PlaceOptions {
  /** A conditional order: it waits for `trigger`. Default `false`. */
  readonly watch?: boolean
}

/**
 * One account of an exchange, as a test moves it and compares with it. What is done here happens at once and is told by
 * events, as what clients do is.
 *
 * @example
 * ```ts
 * import { startExchange } from 'upbit-rx/testing'
 *
 * const key = { accessKey: 'my-access-key', secretKey: 'my-secret-key' }
 * await using exchange = await startExchange({ market: false, accounts: [key] })
 * const account = exchange.account()
 * account.deposit('KRW', '1000000')
 * const { uuid } = account.place({
 *   market: 'KRW-BTC',
 *   side: 'bid',
 *   ord_type: 'limit',
 *   price: '100000000',
 *   volume: '0.005',
 * })
 * account.fill(uuid, '0.002')
 * console.log(account.balances, account.orders)
 * ```
 */
export interface AccountControls extends PocketEvents {
  /** Money comes in; a negative amount goes out. */
  deposit(currency: string, amount: string): void
  /**
   * Places an order past REST; returns it as it is after it has met the market.
   *
   * @throws UpbitError `INVALID_OPTION` with the exchange's name of the reason where it would refuse the order.
   */
  place(order: NewOrder, options?: PlaceOptions): AccountOrder
  /** Cancels an open order. */
  cancel(uuid: string): void
  /**
   * Executes an open order as a maker: all of it, or a volume, at its own price or another. A buy for an amount needs a
   * price where its market has not traded yet.
   */
  fill(uuid: string, volume?: string, price?: string): void
  /** The condition of a `watch` order has come true: it goes to the market. */
  trigger(uuid: string): void
  /** Every order, oldest first, with its executions: the truth. */
  readonly orders: readonly AccountOrder[]
  /** What there is of each currency: the truth. */
  readonly balances: readonly AccountBalance[]
}
