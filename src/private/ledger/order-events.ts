/** What a row of REST says happened to an order, as the events that the socket would have sent. */
import { addDecimals, subtractDecimals } from '../../protocol/decimal-math'
import type { RestOrder, RestOrderTrade } from '../../rest/rows/order-row'
import type { RestMyOrderEvent } from '../../protocol/missed-event'
import { averagePrice, createdMs, orderOfRow } from './open-order'

/** A fill, with where it stands in the order. */
export interface PlacedFill {
  readonly trade: RestOrderTrade
  /** From 1. */
  readonly number: number
  /** Of this fill and all before it. */
  readonly executed_volume: string
  readonly executed_funds: string
}

/**
 * The fills in the order in which they happened. Times are in whole seconds: of one second they are as the exchange lists
 * them, from its older end.
 */
export function fillsInOrder({ trades = [] }: RestOrder): readonly PlacedFill[] {
  const [first, last] = [trades.at(0), trades.at(-1)]
  const isNewestFirst = first !== undefined && last !== undefined && createdMs(first) > createdMs(last)
  let executed_volume = '0'
  let executed_funds = '0'
  return (isNewestFirst ? [...trades].reverse() : [...trades])
    .sort((a, b) => createdMs(a) - createdMs(b))
    .map((trade, index) => {
      executed_volume = addDecimals(executed_volume, trade.volume)
      executed_funds = addDecimals(executed_funds, trade.funds)
      return { trade, number: index + 1, executed_volume, executed_funds }
    })
}

/** That the order was opened, or waits for its trigger: as it was then, before any fill and before any self-match. */
export function openingEvent(row: RestOrder, state: 'wait' | 'watch', receivedAt: number): RestMyOrderEvent {
  const now = present(row, receivedAt)
  const amounts = [now.executed_volume, now.prevented_volume, now.prevented_locked]
  const isUntouched = amounts.every((amount) => (amount ?? '0') === '0')
  const isAsThen = isUntouched && (row.state === 'wait' || row.state === 'watch')
  return {
    ...now,
    state,
    avg_price: '0',
    remaining_volume: row.volume ?? null,
    executed_volume: '0',
    executed_funds: '0',
    trades_count: 0,
    remaining_fee: row.reserved_fee ?? null,
    paid_fee: '0',
    locked: isAsThen ? (row.locked ?? null) : null,
    ...(now.prevented_volume === undefined ? {} : { prevented_volume: '0' }),
    ...(now.prevented_locked === undefined ? {} : { prevented_locked: '0' }),
  }
}

/** One fill; price and volume are its own. */
export function fillEvent(row: RestOrder, fill: PlacedFill, receivedAt: number): RestMyOrderEvent {
  const { trade, number, executed_volume, executed_funds } = fill
  return {
    ...present(row, receivedAt),
    state: 'trade',
    trade_uuid: trade.uuid,
    price: trade.price,
    volume: trade.volume,
    avg_price: averagePrice(executed_funds, executed_volume),
    remaining_volume: remainingAfter(row, executed_volume),
    executed_volume,
    executed_funds,
    trades_count: number,
    remaining_fee: null,
    paid_fee: null,
    locked: null,
    trade_timestamp: createdMs(trade),
  }
}

/**
 * What of the order was neither executed nor taken off by self-match prevention. When that was REST does not tell: it is
 * taken off each fill, so that nothing remains after the one that filled the order.
 */
function remainingAfter({ volume, prevented_volume }: RestOrder, executedVolume: string): string | null {
  if (volume === undefined) return null
  return subtractDecimals(subtractDecimals(volume, prevented_volume ?? '0'), executedVolume)
}

/** How the order stands: open, or with what it ended with. */
export function standingEvent(row: RestOrder, receivedAt: number): RestMyOrderEvent {
  return { ...present(row, receivedAt), state: row.state }
}

/** The fields of an event, by the order as it is now. */
function present(row: RestOrder, receivedAt: number): RestMyOrderEvent {
  const { prevented_volume, prevented_locked, ...order } = orderOfRow(row, undefined)
  return {
    type: 'myOrder',
    ...order,
    trade_uuid: null,
    trade_fee: null,
    is_maker: null,
    ...(prevented_volume === null ? {} : { prevented_volume }),
    ...(prevented_locked === null ? {} : { prevented_locked }),
    trade_timestamp: null,
    timestamp: null,
    epoch: 0,
    received_at: receivedAt,
    source: 'rest',
  }
}
