/** What a consumer asks of the hub that has it. */
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { DroppedEvent } from './backfill/dropped-events'
import type { DropKeeper } from './drop-keeper'
import type { GapEvent } from './gap-event'

/** What all consumers of a hub have in common. */
export interface ConsumerHost<C> {
  readonly environment: Environment
  /** Puts it on its routes. */
  enter(consumer: C): void
  /** It needs nothing more from its routes. Once. */
  leave(consumer: C): void
  /** Nothing more will be delivered to it. Once, after `leave`. */
  over(consumer: C): void
  /** What its target had in hand when it was over has come back. */
  landed(consumer: C, isFailed: boolean): void
  /** It has put an event into its queue. */
  queued(): void
  /** Its queue hands over an event that was received at this time. */
  waited(consumer: C, receivedAtMs: number): void
  /** It lost an event. */
  dropped(consumer: C): void
  /** A loss of one consumer alone. */
  lost(gap: GapEvent): void
  /**
   * What a consumer dropped and wants back. Says the gap as it was told; `undefined`: nothing is fetched, and it
   * has to be told.
   */
  overflowed(consumer: C, gap: GapEvent, dropped: readonly DroppedEvent[]): GapEvent | undefined
  /** Who brings it up to date after its buffer was emptied; `undefined`: nobody can. Asked once. */
  keeperOf(consumer: C): DropKeeper | undefined
  /** Something went wrong that is neither its callback's fault nor its end. */
  problem(error: UpbitError): void
}
