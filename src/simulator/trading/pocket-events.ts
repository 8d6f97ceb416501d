/** What the private streams tell of an account, before it is spelled for the wire. */
import type { MyAssetFrame } from '../../protocol/my-asset'
import type { MyOrderFrame } from '../../protocol/my-order'

/** The events of one account, in the turn in which they happen; quantities are exact text. */
export interface PocketEvents {
  /** Calls `listener` for every later event, until what it returns is called. */
  listen(listener: (frame: MyOrderFrame | MyAssetFrame) => void): () => void
}
