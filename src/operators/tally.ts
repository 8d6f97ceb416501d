/**
 * The exact account of one consumer. At any moment, inside the consumer's own callback too:
 *
 *     offered = delivered + failed + coalesced + dropped + discarded + pending
 */
export interface Tally {
  /** Values that came for the consumer. */
  readonly offered: number
  /** The handler returned, or its promise resolved. */
  readonly delivered: number
  /** The handler threw, or its promise rejected; or the value's key could not be told. */
  readonly failed: number
  /** Replaced in the queue by a newer value of the same key. */
  readonly coalesced: number
  /** Lost to a full buffer, or too old when their turn came. */
  readonly dropped: number
  /** Still queued when the consumer left, or came after its end. */
  readonly discarded: number
  /** Queued, and the one in the handler's hands. */
  readonly pending: number
}

/** Why a value was dropped: the buffer was full, or it was older than `maxAgeMs` when its turn came. */
export type DropReason = 'overflow' | 'expired'

/** Values dropped one after another, with none delivered between them. */
export interface DropRun<T> {
  readonly first: T
  readonly last: T
  readonly count: number
  readonly reason: DropReason
}
