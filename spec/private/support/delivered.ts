/** What a consumer was given, told apart. */
import type { Delivered } from '../../../src/channels/consumer-config'
import type { GapEvent } from '../../../src/channels/gap-event'
import type { RestMyOrderEvent } from '../../../src/protocol/missed-event'
import type { MyOrderEvent } from '../../../src/protocol/private-events'

export function isOrder(event: Delivered): event is MyOrderEvent | RestMyOrderEvent {
  return event.type === 'myOrder'
}

export function isGap(event: Delivered): event is GapEvent {
  return event.type === 'gap'
}
