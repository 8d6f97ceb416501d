/** What a client that is not ours told of an account, against the exchange's books. */
import { exact, exactText, ratio, times } from '../../src/simulator/trading/exact'
import { feeRate } from '../../src/simulator/trading/order'
import type { AccountControls, AccountOrder } from '../../src/testing'

interface Fee {
  readonly currency: string
  readonly cost: number
}

/** In ccxt's words, and in its numbers. */
export interface Told {
  readonly orders: readonly {
    readonly id: string
    readonly symbol: string
    readonly side: string
    readonly status: string
    readonly filled: number
    readonly remaining: number
    readonly cost: number
    readonly average?: number
    readonly fee?: Fee
    readonly orderMs: number
  }[]
  readonly trades: readonly {
    readonly id: string
    readonly order: string
    readonly price: number
    readonly amount: number
    /** Of the order so far: ccxt takes these of the order for those of the fill. */
    readonly fee?: Fee
    readonly cost: number
    readonly tradeFee: number
    readonly isMaker: boolean | null
    readonly tradeMs: number | null
    /** When it was told. */
    readonly atMs: number
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
    const funds = (order.trades ?? []).reduce((sum, trade) => sum + exact(trade.funds), 0n)
    compare(`cost of ${order.uuid}`, numberOf(funds), seen?.cost)
    if (order.executed_volume !== '0')
      compare(`average of ${order.uuid}`, numberOf(ratio(funds, exact(order.executed_volume))), seen?.average)
    compare(`fee of ${order.uuid}`, Number(order.paid_fee), seen?.fee?.cost)
    compare(`currency of the fee of ${order.uuid}`, quote, seen?.fee?.currency)
    compare(`time of ${order.uuid}`, Date.parse(order.created_at), seen?.orderMs)
  }
  const trades = orders.flatMap(fillsOf)
  compare('fills', trades.length, told.trades.length)
  for (const { uuid, order, price, volume, ...fill } of trades) {
    const seen = told.trades.find(({ id }) => id === uuid)
    compare(`order of fill ${uuid}`, order, seen?.order)
    compare(`price of fill ${uuid}`, Number(price), seen?.price)
    compare(`volume of fill ${uuid}`, Number(volume), seen?.amount)
    compare(`fee of fill ${uuid}`, fill.fee, seen?.tradeFee)
    compare(`fee of the order by fill ${uuid}`, fill.feeSoFar, seen?.fee?.cost)
    compare(`cost of the order by fill ${uuid}`, fill.fundsSoFar, seen?.cost)
    compare(`maker of fill ${uuid}`, fill.isMaker, seen?.isMaker)
    compare(`time of fill ${uuid}`, fill.second, secondOf(seen?.tradeMs))
    compare(`time of what told fill ${uuid}`, fill.second, secondOf(seen?.atMs))
  }
  const { free = {}, used = {} } = told.balances
  for (const { currency, balance, locked } of balances) {
    compare(currency, Number(balance), free[currency])
    compare(`${currency} locked`, Number(locked), used[currency])
  }
  return lines
}

/** What the books do not spell out follows from them: who was the maker by which way the taker moved the price. */
function fillsOf({ uuid: order, side, market, trades = [] }: AccountOrder): readonly BookedFill[] {
  let fundsSoFar = 0n
  return trades.map(({ uuid, price, volume, funds, trend, created_at }) => {
    fundsSoFar += exact(funds)
    const rate = feeRate(market)
    return {
      ...{ uuid, order, price, volume },
      fee: numberOf(times(exact(funds), rate)),
      feeSoFar: numberOf(times(fundsSoFar, rate)),
      fundsSoFar: numberOf(fundsSoFar),
      isMaker: (side === 'bid') === (trend === 'down'),
      second: secondOf(Date.parse(created_at)),
    }
  })
}

interface BookedFill {
  readonly uuid: string
  readonly order: string
  readonly price: string
  readonly volume: string
  readonly fee: number
  /** Of the order up to this fill. */
  readonly feeSoFar: number
  readonly fundsSoFar: number
  readonly isMaker: boolean
  readonly second: number
}

const numberOf = (value: bigint): number => Number(exactText(value))
/** The books have whole seconds. */
const secondOf = (ms: number | null | undefined): number => Math.floor((ms ?? NaN) / 1000)
