/**
 * What the calls that cancel answer. Sources: docs.upbit.com, `cancel-orders-by-ids`, `batch-cancel-orders`,
 * `cancel-and-new-order`, read 2026-11.
 */
import * as t from 'io-ts'
import { arrayOf, objectCodec } from '../../protocol/event-codec'
import type { FieldsType } from '../../protocol/field'
import { num } from '../../protocol/field'
import { WireCode } from '../../protocol/market-code'
import { orderFields } from './order-row'
import { optional, required } from './row-fields'

const cancelledFields = {
  uuid: required(t.string),
  /** `KRW-BTC`. */
  market: required(WireCode),
  /** As the application gave it; absent for orders before 2024-10-18. */
  identifier: optional(t.string),
} as const

const groupFields = {
  count: required(num),
  orders: required(arrayOf('cancelled orders', cancelledFields)),
} as const

export const cancelListFields = {
  /** Whose cancel was accepted. */
  success: required(objectCodec('cancel success', groupFields)),
  /** Whose was not: done already, cancelled already, or of a market that stands still. */
  failed: required(objectCodec('cancel failed', groupFields)),
} as const

/** Which orders a call cancelled, and which it did not. */
export interface RestCancelList extends FieldsType<typeof cancelListFields> {}

/** The order that is cancelled, and the ids of the new one. */
export const replacedFields = {
  ...orderFields,
  new_order_uuid: required(t.string),
  new_order_identifier: optional(t.string),
} as const
