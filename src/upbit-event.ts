/** The union of all that a stream can deliver; a file of its own because it joins two layers. */
import type { GapEvent } from './channels/gap-event'
import type { PublicEvent } from './protocol/events'

/** Whatever a stream can deliver, told apart by `type`. */
export type UpbitEvent = PublicEvent | GapEvent
