/** What routing and order need of a state (ticker, order book); a frame that is skimmed gives no more. */
import type { PublicEvent } from './events'

export interface StateHead extends Pick<
  PublicEvent,
  'code' | 'epoch' | 'received_at' | 'timestamp' | 'stream_type'
> {
  readonly type: 'ticker' | 'orderbook'
  /** Price grouping of an order book; absent in old recordings, which is 0. */
  readonly level?: number
}
