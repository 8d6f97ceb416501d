/** Whatever an endpoint of the exchange sends as an event. Types alone: what reads them is loaded where it is needed. */
import type { PublicEvent } from './events'
import type { InfoEvent } from './info-events'
import type { MissedEvent } from './missed-event'
import type { PrivateEvent } from './private-events'

/** Any event of any connection, told apart by `type`. */
export type StreamEvent = PublicEvent | PrivateEvent | MissedEvent | InfoEvent
