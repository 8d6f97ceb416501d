/**
 * `myOrder`: one frame a change of an order's state, and one a fill. Every quantity is exact text.
 * Source: docs.upbit.com, `websocket-myorder`, read 2026-11; which fields are `null` when, from frames that clients saw.
 */
import * as t from 'io-ts'
import { exactDecimal } from './exact-decimal'
import type { FieldsType } from './field'
import { askBid, num, openEnum, optional, required, streamType, timestampMs } from './field'
import { WireCode } from './market-code'
import { nullable } from './nullable'

export const myOrderFields = {
  type: required('ty', t.literal('myOrder')),
  /** `KRW-BTC`. */
  code: required('cd', WireCode),
  /** The order's id. */
  uuid: required('uid', t.string),
  /** `ASK` sells, `BID` buys. */
  ask_bid: required('ab', askBid),
  /** `price` buys for an amount at the market, `market` sells a volume there, `best` takes the best price. */
  order_type: required('ot', openEnum('order type', ['limit', 'price', 'market', 'best'])),
  /**
   * `wait` is open, `watch` waits for its trigger, `trade` is a fill, `prevented` was stopped by self-match prevention. A
   * market buy ends in `cancel` where a rest is left that buys nothing: that is its success.
   */
  state: required('s', openEnum('order state', ['wait', 'watch', 'trade', 'done', 'cancel', 'prevented'])),
  /** The fill's id; `null` unless `state` is `trade`. */
  trade_uuid: required('tuid', nullable(t.string)),
  /** Of the order, in `trade` of the fill; `null` for some market orders. Of `order_type` `price` it is the amount. */
  price: required('p', nullable(exactDecimal)),
  /** Average of the fills; 0 before the first. */
  avg_price: required('ap', exactDecimal),
  /** Of the order, in `trade` of the fill; `null` where an amount is bought. */
  volume: required('v', nullable(exactDecimal)),
  /** Left after this event; `null` where an amount is bought. */
  remaining_volume: required('rv', nullable(exactDecimal)),
  /** Of all fills. */
  executed_volume: required('ev', exactDecimal),
  /** Fills so far. */
  trades_count: required('tc', num),
  /** Fee that was set aside when the order was made. */
  reserved_fee: required('rsf', exactDecimal),
  /** Fee that is still set aside. */
  remaining_fee: required('rmf', exactDecimal),
  /** Fee of all fills. */
  paid_fee: required('pf', exactDecimal),
  /** Still bound by the order: of a buy in the quote currency with the fee, of a sale in the base currency. */
  locked: required('l', exactDecimal),
  /** Price times volume of all fills, in the quote currency. */
  executed_funds: required('ef', exactDecimal),
  time_in_force: required('tif', nullable(openEnum('time in force', ['ioc', 'fok', 'post_only']))),
  /** Fee of this fill; `null` unless `state` is `trade`. */
  trade_fee: required('tf', nullable(exactDecimal)),
  /** Whether this fill's order stood in the book; `null` unless `state` is `trade`. */
  is_maker: required('im', nullable(t.boolean)),
  /** As the application gave it; `null` where it gave none. */
  identifier: required('id', nullable(t.string)),
  smp_type: required(
    'smpt',
    // `none` is announced for 2026-11-09.
    nullable(openEnum('self-match prevention', ['reduce', 'cancel_maker', 'cancel_taker', 'none'])),
  ),
  /** Volume that self-match prevention took off; absent in frames before July 2025 and when `null`. */
  prevented_volume: optional('pv', exactDecimal),
  /** What that had bound: of a buy the amount, of a sale the volume. */
  prevented_locked: optional('pl', exactDecimal),
  /** Time of the fill, ms; `null` unless `state` is `trade`. */
  trade_timestamp: required('ttms', nullable(timestampMs)),
  /** When the order was made, ms, in whole seconds. */
  order_timestamp: required('otms', timestampMs),
  /** Publication, ms. */
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

/** A `myOrder` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type MyOrderFrame = FieldsType<typeof myOrderFields>
