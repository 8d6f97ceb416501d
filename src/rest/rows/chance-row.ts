/** What can be ordered in a market, and with what. Source: docs.upbit.com, `available-order-information`, read 2026-11. */
import * as t from 'io-ts'
import { objectCodec } from '../../protocol/event-codec'
import type { FieldsType } from '../../protocol/field'
import { accountFields } from './account-row'
import { exactText, optional, required } from './row-fields'

const texts = t.readonlyArray(t.string)

const boundFields = {
  /** In which amounts of this side are told. */
  currency: required(t.string),
  price_unit: optional(exactText),
  /** The least that an order may be worth. */
  min_total: optional(exactText),
} as const

const chanceMarketFields = {
  /** `KRW-BTC`. */
  id: required(t.string),
  /** `BTC/KRW`. */
  name: optional(t.string),
  /** Announced for removal: see `bid_types` and `ask_types`. */
  order_types: optional(texts),
  /** `limit`, `price`, `best_ioc`, `limit_post_only` … */
  bid_types: optional(texts),
  ask_types: optional(texts),
  order_sides: optional(texts),
  bid: required(objectCodec('bid bound', boundFields)),
  ask: required(objectCodec('ask bound', boundFields)),
  /** The most that an order may be worth. */
  max_total: optional(exactText),
  /** `active` while it is open. */
  state: optional(t.string),
} as const

/** Fees are rates, `'0.0005'` of an order's worth. */
export const chanceFields = {
  bid_fee: required(exactText),
  ask_fee: required(exactText),
  maker_bid_fee: optional(exactText),
  maker_ask_fee: optional(exactText),
  market: required(objectCodec('chance market', chanceMarketFields)),
  /** What buying is paid from. */
  bid_account: required(objectCodec('bid account', accountFields)),
  /** What can be sold. */
  ask_account: required(objectCodec('ask account', accountFields)),
} as const

/** What can be ordered in a market: fees, kinds of orders, bounds, and the two balances. */
export interface RestOrderChance extends FieldsType<typeof chanceFields> {}
