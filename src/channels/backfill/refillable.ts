/** A consumer, as far as back-fill knows it. */
import type { Delivery } from '../../operators/delivery'
import type { PublicEvent } from '../../protocol/events'
import type { Waiting } from '../consumer-delivery'
import type { Backfill } from '../consumer-options'
import type { GapEvent } from '../gap-event'
import type { FilledConsumer } from './filling'

export interface Refillable extends FilledConsumer {
  readonly name: string
  /** Whether it takes events. */
  readonly isOpen: boolean
  /** Whether nothing more is delivered to it; not open and not over, it is given what waits. */
  readonly isOver: boolean
  readonly backfill: Backfill | undefined
  /** What stands between it and its target, from now on for all that comes. */
  readonly buffer: Delivery<Waiting>
  /** From now on it is offered no event for which `withholds` is true. */
  sift(withholds: (event: PublicEvent) => boolean): void
  /** A gap in band, behind all that waits, if it asked for gaps. */
  notice(gap: GapEvent): void
  /** A gap in band, before all that waits. */
  noticeFirst(gap: GapEvent): void
}
