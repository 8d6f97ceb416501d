/**
 * Trades on an account at random, past the application: orders of every kind, fills, cancels, triggers, money in and out.
 * All of it is the exchange's own doing, so that the application hears of it by its streams alone.
 */
import { isUpbitError } from '../../../src/index'
import type { AccountControls, MyOrderFrame, NewOrder } from '../../../src/testing'
import { codes } from '../fault-kinds'
import { OpenOrders } from './open-orders'

/** Where the market of a chaos trades: its trades and books are all of this price. */
const marketPrice = 109_847_000
/** The unit of prices there. */
const tick = 1000
const mostOpen = 14

export class Trader {
  readonly open: OpenOrders
  #count = 0

  constructor(
    private readonly account: AccountControls,
    private readonly random: () => number,
  ) {
    this.open = new OpenOrders(account)
  }

  /** Money to trade with. */
  endow(): void {
    this.account.deposit('KRW', '1000000000000')
    for (const code of codes) this.account.deposit(currencyOf(code), '100000')
  }

  /** Does something. */
  act(): void {
    const what = this.random()
    const isFull = this.open.all.length >= mostOpen
    this.attempt(() => {
      if (isFull || what < 0.18) this.cancel()
      else if (what < 0.52) this.account.place(this.order(), { watch: what < 0.24 })
      else if (what < 0.56) this.meetItself()
      else if (what < 0.62) this.account.place(this.marketOrder())
      else if (what < 0.82) this.fill()
      else if (what < 0.9) this.trigger()
      else this.transfer()
    })
  }

  /** From here on nothing happens to its orders by itself: those that the market could fill are cancelled. */
  rest(): void {
    const reachable = this.open.all.filter(
      ({ price, state, ask_bid }) =>
        state === 'watch' ||
        price === null ||
        (ask_bid === 'BID' ? Number(price) >= marketPrice - tick : Number(price) <= marketPrice + tick),
    )
    for (const { uuid } of reachable) this.attempt(() => this.account.cancel(uuid))
  }

  /** An order at random that the exchange takes. */
  order(): NewOrder {
    const side = this.random() < 0.5 ? 'bid' : 'ask'
    const sign = side === 'bid' ? -1 : 1
    const ticks = this.random() < 0.4 ? 0 : 1 + Math.floor(this.random() * 900)
    const isTaking = this.random() < 0.15
    const time_in_force = this.random() < 0.15 ? this.pick(['ioc', 'fok'] as const) : undefined
    const smp_type =
      this.random() < 0.2 ? this.pick(['reduce', 'cancel_maker', 'cancel_taker'] as const) : 'none'
    return {
      market: this.pick(codes),
      side,
      ord_type: 'limit',
      price: String(marketPrice + sign * tick * (isTaking ? -ticks : ticks)),
      volume: this.volume(),
      ...(time_in_force === undefined ? {} : { time_in_force }),
      smp_type,
    }
  }

  /** One of its open orders. */
  anyOpen(isMeant: (order: MyOrderFrame) => boolean = () => true): MyOrderFrame | undefined {
    const orders = this.open.all.filter(isMeant)
    return orders.length === 0 ? undefined : this.pick(orders)
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T
  }

  private marketOrder(): NewOrder {
    const market = this.pick(codes)
    return this.random() < 0.5
      ? { market, side: 'bid', ord_type: 'price', price: String(6000 + Math.floor(this.random() * 900_000)) }
      : { market, side: 'ask', ord_type: 'market', volume: this.volume() }
  }

  /** An order that would trade with one of its own, were there no self-match prevention. */
  private meetItself(): void {
    const met = this.anyOpen(({ state, order_type }) => state !== 'watch' && order_type === 'limit')
    if (met === undefined || met.price === null) return
    const { code: market, price, ask_bid } = met
    const smp_type = this.pick(['reduce', 'reduce', 'cancel_maker', 'cancel_taker'] as const)
    const side = ask_bid === 'BID' ? 'ask' : 'bid'
    this.account.place({ market, side, ord_type: 'limit', price, volume: this.volume(), smp_type })
  }

  private fill(): void {
    const order = this.anyOpen(({ state }) => state !== 'watch')
    if (order === undefined) return
    const { uuid, remaining_volume } = order
    const part = Math.floor(Number(remaining_volume ?? 0) * 1e8 * this.random()) / 1e8
    if (this.random() < 0.4 || part === 0) this.account.fill(uuid)
    else this.account.fill(uuid, part.toFixed(8))
  }

  private cancel(): void {
    const order = this.anyOpen()
    if (order !== undefined) this.account.cancel(order.uuid)
  }

  private trigger(): void {
    const order = this.anyOpen(({ state }) => state === 'watch')
    if (order !== undefined) this.account.trigger(order.uuid)
  }

  private transfer(): void {
    const isIn = this.random() < 0.6
    const amount = `${isIn ? '' : '-'}${1 + Math.floor(this.random() * 50)}.${1 + (this.#count++ % 9)}`
    this.account.deposit(this.pick(['KRW', ...codes.map(currencyOf)]), amount)
  }

  private volume(): string {
    return (0.0002 + this.random() * 0.01).toFixed(8)
  }

  /** What the exchange would refuse, it refuses: too little money, an order that has ended meanwhile. */
  private attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!isUpbitError(error) || error.code !== 'INVALID_OPTION') throw error
    }
  }
}

function currencyOf(code: string): string {
  return code.slice(code.indexOf('-') + 1)
}
