/** The union of all that a stream of market data can deliver; a file of its own because it joins two layers. */
import type { GapEvent } from './channels/gap-event'
import type { PublicEvent } from './protocol/events'

/** Whatever a stream of market data can deliver, told apart by `type`; events of an account and of indicators are none of it. */
export type UpbitEvent = PublicEvent | GapEvent
