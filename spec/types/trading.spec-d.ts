/** Orders: what a kind of order does not have, or needs, the compiler says. */
import { expectTypeOf } from 'expect-type'
import type { OrderRequest, PlacedOrder, ReplacedOrder, ReplaceRequest, RestOrder, Trading } from 'upbit-rx'
import { createUpbit } from 'upbit-rx'

const upbit = createUpbit({ trading: true })
expectTypeOf(upbit.trading).toEqualTypeOf<Trading>()

const at = { market: 'KRW-BTC', side: 'bid', price: '1' } as const
const limit = { ...at, ord_type: 'limit', volume: '1' } as const
expectTypeOf(limit).toExtend<OrderRequest>()
expectTypeOf({ ...limit, time_in_force: 'post_only' } as const).toExtend<OrderRequest>()
expectTypeOf({ ...limit, time_in_force: 'post_only', smp_type: 'none' } as const).toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'price' } as const).toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'best', time_in_force: 'ioc' } as const).toExtend<OrderRequest>()

// A number is no amount; each kind has its own members.
expectTypeOf({ ...limit, price: 1 } as const).not.toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'limit' } as const).not.toExtend<OrderRequest>()
expectTypeOf({ ...limit, ord_type: 'price' } as const).not.toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'market', volume: '1' } as const).not.toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'price', side: 'ask' } as const).not.toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'best' } as const).not.toExtend<OrderRequest>()
expectTypeOf({ ...at, ord_type: 'best', time_in_force: 'post_only' } as const).not.toExtend<OrderRequest>()
expectTypeOf({
  ...limit,
  time_in_force: 'post_only',
  smp_type: 'reduce',
} as const).not.toExtend<OrderRequest>()

const replacement = { new_ord_type: 'limit', new_price: '1', new_volume: 'remain_only' } as const
expectTypeOf({ prev_order_uuid: 'u', ...replacement } as const).toExtend<ReplaceRequest>()
expectTypeOf(replacement).not.toExtend<ReplaceRequest>()
expectTypeOf({
  prev_order_uuid: 'u',
  prev_order_identifier: 'i',
  ...replacement,
} as const).not.toExtend<ReplaceRequest>()

expectTypeOf(upbit.trading.placeOrder(limit)).resolves.toEqualTypeOf<PlacedOrder>()
expectTypeOf<PlacedOrder['identifier']>().toEqualTypeOf<string>()
export function previousOf(replaced: ReplacedOrder): RestOrder {
  return replaced.confirmedBy === 'answer' ? replaced.previous : replaced.order
}
