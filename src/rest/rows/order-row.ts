/**
 * An order, and its executions where one order is asked for. What does not apply is absent: a market order has no volume or
 * no price. Source: docs.upbit.com, `list-open-orders`, `get-order`, read 2026-11; names also seen on the wire.
 */
import * as t from 'io-ts'
import { arrayOf } from '../../protocol/event-codec'
import type { FieldsType } from '../../protocol/field'
import { num, openEnum } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { exactText, optional, required } from './row-fields'

const side = openEnum('side', ['bid', 'ask'])

const orderTradeFields = {
  /** `KRW-BTC`. */
  market: required(WireCode),
  /** Of the execution: what `myOrder` calls `trade_uuid`. */
  uuid: required(t.string),
  price: required(exactText),
  volume: required(exactText),
  /** Price times volume. */
  funds: required(exactText),
  trend: optional(openEnum('trend', ['up', 'down'])),
  /** `2026-03-22T21:47:08+09:00`. */
  created_at: required(t.string),
  side: required(side),
} as const

/** One execution of an order. */
export interface RestOrderTrade extends FieldsType<typeof orderTradeFields> {}

/** Every quantity is exact text. */
export const orderFields = {
  /** `KRW-BTC`. */
  market: required(WireCode),
  uuid: required(t.string),
  side: required(side),
  /** `price` buys for an amount at the market, `market` sells a volume there, `best` takes the best price. */
  ord_type: required(openEnum('order type', ['limit', 'price', 'market', 'best'])),
  /** Absent for `market`; for `price` the amount in the quote currency. */
  price: optional(exactText),
  state: required(openEnum('order state', ['wait', 'watch', 'done', 'cancel'])),
  /** `2026-03-22T21:47:08+09:00`. */
  created_at: required(t.string),
  /** Absent for `price`, as are the two below. */
  volume: optional(exactText),
  remaining_volume: optional(exactText),
  prevented_volume: optional(exactText),
  executed_volume: required(exactText),
  /** Of lists of orders only. */
  executed_funds: optional(exactText),
  reserved_fee: optional(exactText),
  remaining_fee: optional(exactText),
  paid_fee: optional(exactText),
  /** A cancelled order keeps its last one. */
  locked: optional(exactText),
  prevented_locked: optional(exactText),
  trades_count: optional(num),
  time_in_force: optional(openEnum('time in force', ['ioc', 'fok', 'post_only'])),
  /** As the application gave it; absent for orders before 2024-10-18. */
  identifier: optional(t.string),
  smp_type: optional(openEnum('self-match prevention', ['cancel_maker', 'cancel_taker', 'reduce', 'none'])),
  /** Of `getOrder` only. */
  trades: optional(arrayOf('order trades', orderTradeFields)),
} as const

/** An order of the account. */
export interface RestOrder extends FieldsType<typeof orderFields> {}
