import type { GapEvent } from './channels/gap-event'
import type { PublicEvent } from './protocol/events'

/** Whatever a stream can deliver, told apart by `type`. */
export type UpbitEvent = PublicEvent | GapEvent
