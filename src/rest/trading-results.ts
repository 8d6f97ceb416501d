/** What trading gives back. */
import type { RestCancelList } from './rows/cancel-rows'
import type { RestOrder } from './rows/order-row'

/** `answer`: the exchange said so to the request itself; `lookup`: the answer was lost, and the order was found. */
export type ConfirmedBy = 'answer' | 'lookup'

/** An order that the exchange has, as it was when it was told. */
export interface PlacedOrder extends RestOrder {
  /** Yours, or the one that was made for it. */
  readonly identifier: string
  readonly confirmedBy: ConfirmedBy
}

/** An order whose cancel was accepted: it may still be in state `wait`, and still trade, until `myOrder` says `cancel`. */
export interface CancelledOrder extends RestOrder {
  readonly confirmedBy: ConfirmedBy
}

/** What `cancelOrders` did. */
export interface CancelledOrders extends RestCancelList {
  /** An earlier attempt had no answer: what it cancelled is among `failed` now. `rest.getOrdersByIds` tells. */
  readonly isRepeated: boolean
}

/** An order that takes the place of another one. */
export type ReplacedOrder = {
  /** Of the new order. */
  readonly identifier: string
  /** Of the new order. It comes when the old one is cancelled, and not at all where that was filled before. */
  readonly new_order_uuid: string
} & (
  | {
      readonly confirmedBy: 'answer'
      /** The old order when its cancel was accepted. */
      readonly previous: RestOrder
    }
  | {
      readonly confirmedBy: 'lookup'
      /** The new order. */
      readonly order: RestOrder
    }
)
