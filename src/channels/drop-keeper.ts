/** Who brings one consumer up to date after its buffer was emptied (`buffer: { overflow: 'reconcile' }`). */
import type { BackfilledEvent } from '../protocol/rest-event'
import type { StreamEvent } from '../protocol/stream-event'
import type { GapEvent } from './gap-event'

export interface DropKeeper {
  /** This event of the consumer's is lost to it. Must not throw. */
  add(event: StreamEvent | BackfilledEvent): void
  /** Their place is reached: the consumer takes events again. Tells the gap, and says how it was told. */
  reached(gap: GapEvent): GapEvent
}
