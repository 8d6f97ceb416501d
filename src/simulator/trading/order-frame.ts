/** An order's change as `myOrder` tells it: null where REST leaves a field out. */
import type { MyOrderFrame } from '../../protocol/my-order'
import type { ExchangeSwitches } from '../switches'
import type { Exact } from './exact'
import { exactText } from './exact'
import type { Fill, Order } from './order'

/** The state of an event; REST knows only `wait`, `watch`, `done` and `cancel`. */
export type OrderState = 'wait' | 'watch' | 'trade' | 'done' | 'cancel' | 'prevented'

/** `fill` with the state `trade`, and only then. */
export function orderFrame(
  order: Order,
  state: OrderState,
  atMs: number,
  switches: Pick<ExchangeSwitches, 'marketOrderBlanks'>,
  fill?: Fill,
): MyOrderFrame {
  const { terms } = order
  const blank = switches.marketOrderBlanks === 'zero' ? '0' : null
  const text = (value: Exact | undefined): string | null => (value === undefined ? blank : exactText(value))
  return {
    type: 'myOrder',
    code: terms.market,
    uuid: order.uuid,
    ask_bid: terms.side === 'ask' ? 'ASK' : 'BID',
    order_type: terms.type,
    state,
    trade_uuid: fill?.uuid ?? null,
    price: text(fill?.price ?? terms.price),
    avg_price: exactText(order.averagePrice),
    volume: text(fill?.volume ?? terms.volume),
    remaining_volume: text(order.isAmount ? undefined : order.remainingVolume),
    executed_volume: exactText(order.executedVolume),
    trades_count: order.tradesCount,
    reserved_fee: exactText(order.reservedFee),
    remaining_fee: exactText(order.remainingFee),
    paid_fee: exactText(order.paidFee),
    locked: exactText(order.locked),
    executed_funds: exactText(order.executedFunds),
    time_in_force: terms.timeInForce ?? null,
    trade_fee: fill === undefined ? null : exactText(fill.fee),
    is_maker: fill?.isMaker ?? null,
    identifier: terms.identifier ?? null,
    smp_type: terms.smpType ?? null,
    prevented_volume: exactText(order.preventedVolume),
    prevented_locked: exactText(order.preventedLocked),
    trade_timestamp: fill?.atMs ?? null,
    order_timestamp: Math.floor(order.createdMs / 1_000) * 1_000,
    timestamp: atMs,
    stream_type: 'REALTIME',
  }
}
