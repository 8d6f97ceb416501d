/** What one gap is filled with: made by a fetch, then given to each consumer that missed it. */
import type { Observable } from 'rxjs'
import { of } from 'rxjs'
import type { PublicEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'

/** Whom it is given to. */
export interface FilledConsumer {
  /** Whether it is not given the first trade of a session, which may be one that it missed. */
  readonly skipsSnapshots: boolean
}

export interface Filling {
  /** Fetches on subscription. Emits once, why something may still be missing or `undefined`, and completes. */
  readonly work$: Observable<GapReason | undefined>
  /** How many rows there are. */
  readonly size: number
  /** Counted from the oldest; `undefined` behind the newest. Asked when the work is done. */
  at(index: number): BackfilledEvent | undefined
  /** Whether a consumer misses this row still. */
  isMissing(row: BackfilledEvent, consumer: FilledConsumer): boolean
  /** The consumer it is made for alone is given this, by the socket or by another fill, since its loss was told. */
  passed?(event: PublicEvent | BackfilledEvent): void
  /** Whether what has come by the socket was, or will be, given by the fill. Asked from the end of the work on. */
  withholds(event: PublicEvent | BackfilledEvent): boolean
  /** Everybody has been given what there is. */
  release(): void
}

/** Of a gap that cannot be filled. */
export const noFilling: Filling = {
  work$: of<GapReason>('rest-failed'),
  size: 0,
  at: () => undefined,
  isMissing: () => false,
  withholds: () => false,
  release: () => {},
}
