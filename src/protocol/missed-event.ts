/**
 * The events that were missed and then fetched: Upbit's fields as far as REST tells them. What it does not tell is `null`
 * and not guessed, so that one handler reads both kinds.
 */
import type { RestStamp } from './rest-event'
import type { MyAssetFrame } from './my-asset'
import type { MyOrderFrame } from './my-order'

/** What the socket always tells of an order and REST not always, each with the reason. */
interface UnknownByRest {
  /** `null`: without the sum of its executions, which a call for one order lacks where there are too many of them. */
  readonly avg_price: string | null
  readonly executed_funds: string | null
  /** These are told of an order as it is now: `null` in an event about an earlier moment, which a fill is. */
  readonly trades_count: number | null
  readonly reserved_fee: string | null
  readonly remaining_fee: string | null
  readonly paid_fee: string | null
  readonly locked: string | null
  /** Publication: of nothing that was fetched. */
  readonly timestamp: null
}

/** A change of an order, or a fill, that no frame told. */
export interface RestMyOrderEvent
  extends Omit<MyOrderFrame, keyof UnknownByRest | 'state' | 'stream_type'>, UnknownByRest, RestStamp {
  readonly state: 'wait' | 'watch' | 'trade' | 'done' | 'cancel' | (string & {})
  /** Of a fill its time in whole seconds, ms; else `null`. */
  readonly trade_timestamp: number | null
  /** REST does not tell it: always `null`. */
  readonly trade_fee: null
  /** REST does not tell it: always `null`. */
  readonly is_maker: null
}

/** What is held of currencies of which no frame told the change. */
export interface RestMyAssetEvent
  extends Omit<MyAssetFrame, 'asset_uuid' | 'asset_timestamp' | 'timestamp' | 'stream_type'>, RestStamp {
  /** REST has none. */
  readonly asset_uuid: null
  /** REST does not tell when. */
  readonly asset_timestamp: null
  readonly timestamp: null
}

/** Any event that was missed and fetched. */
export type MissedEvent = RestMyOrderEvent | RestMyAssetEvent
