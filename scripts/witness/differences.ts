/** What a client that is not ours told of an account, against the exchange's books. */
import type { AccountControls } from '../../src/testing'

/** In ccxt's words, and in its numbers. */
export interface Told {
  readonly orders: readonly {
    readonly id: string
    readonly symbol: string
    readonly side: string
    readonly status: string
    readonly filled: number
    readonly remaining: number
  }[]
  readonly trades: readonly {
    readonly id: string
    readonly order: string
    readonly price: number
    readonly amount: number
  }[]
  readonly balances: {
    readonly free?: Readonly<Record<string, number>>
    readonly used?: Readonly<Record<string, number>>
  }
}

/** One line for each thing that is told otherwise than it is; none where all is the same. */
export function differences(
  told: Told,
  { orders, balances }: Pick<AccountControls, 'orders' | 'balances'>,
): readonly string[] {
  const statuses: Readonly<Record<string, string>> = {
    wait: 'open',
    watch: 'open',
    done: 'closed',
    cancel: 'canceled',
  }
  const lines: string[] = []
  const compare = (what: string, is: unknown, seen: unknown): void => {
    if (is !== seen) lines.push(`${what}: ${String(is)}, told as ${String(seen)}`)
  }
  compare('orders', orders.length, told.orders.length)
  for (const order of orders) {
    const seen = told.orders.find(({ id }) => id === order.uuid)
    const [quote, base] = order.market.split('-')
    compare(`market of ${order.uuid}`, `${base}/${quote}`, seen?.symbol)
    compare(`side of ${order.uuid}`, order.side === 'bid' ? 'buy' : 'sell', seen?.side)
    compare(`state of ${order.uuid}`, statuses[order.state], seen?.status)
    compare(`filled of ${order.uuid}`, Number(order.executed_volume), seen?.filled)
    if (order.remaining_volume !== undefined)
      compare(`remaining of ${order.uuid}`, Number(order.remaining_volume), seen?.remaining)
  }
  const trades = orders.flatMap(({ uuid, trades: of = [] }) => of.map((trade) => ({ ...trade, order: uuid })))
  compare('fills', trades.length, told.trades.length)
  for (const { uuid, order, price, volume } of trades) {
    const seen = told.trades.find(({ id }) => id === uuid)
    compare(`order of fill ${uuid}`, order, seen?.order)
    compare(`price of fill ${uuid}`, Number(price), seen?.price)
    compare(`volume of fill ${uuid}`, Number(volume), seen?.amount)
  }
  const { free = {}, used = {} } = told.balances
  for (const { currency, balance, locked } of balances) {
    compare(currency, Number(balance), free[currency])
    compare(`${currency} locked`, Number(locked), used[currency])
  }
  return lines
}
