/** A loss, told: what was missed, since when, and whether it was made good (C7). */
import type { AnyType } from '../protocol/wire'

/** Why events are missing (C7). */
export type GapCause = 'disconnect' | 'overflow' | 'undecodable' | 'rejected' | 'expired'

/**
 * Why back-fill, or the reconcile of an account's consumer, could not make a loss good: the exchange's history did not
 * reach the present epoch, or what frames had told (`edge-unproven`), or goes no further back (`too-old`); more was missed
 * than is fetched, 500,000 trades (`too-many`); REST failed, or is not there (`rest-failed`); the consumer dropped over
 * 100,000 events, or dropped again while what it had dropped before was still being back-filled (`too-slow`); the stream
 * ended with an error first (`stream-ended`), and what was fetched is not delivered; the consumer came when the line was
 * lost already (`joined-late`, in band alone), and nothing is fetched for it.
 */
export type GapReason =
  'edge-unproven' | 'too-old' | 'too-many' | 'rest-failed' | 'too-slow' | 'stream-ended' | 'joined-late'

/** A notice that events are missing, or that their absence is over (C7). */
export interface GapEvent {
  readonly type: 'gap'
  /** The same for the notices of one gap. */
  readonly id: string
  /**
   * `opened`: noticed; `closed`: made good; `abandoned`: what was missed stays missed. One that was opened and whose
   * entry is no longer wanted when the connection is back is not ended: nobody misses it any more.
   */
  readonly phase: 'opened' | 'closed' | 'abandoned'
  readonly cause: GapCause
  /** The type of the stream, `trade`. */
  readonly event?: AnyType
  readonly code?: string
  /** Price grouping of the order book, where it is not 0. */
  readonly level?: number
  /** Of an indicator or a signal its timeframe and parameters, `5m rsi(period=14)`, where it is known which one it was. */
  readonly combination?: string
  /** The last epoch before and the first after the gap; equal when it lies within one. 0: values of `consume` have none. */
  readonly epochs: readonly [from: number, to: number]
  /** Nothing is missing up to here, ms since the Unix epoch. */
  readonly from_ms: number
  /** Nothing is missing from here on. */
  readonly to_ms?: number
  /** How many events, where that is known; of a gap that back-fill has closed, how many were fetched and delivered. */
  readonly count?: number
  /** Of one that is abandoned although back-fill was asked for. What was fetched has been delivered, but for `stream-ended`. */
  readonly reason?: GapReason
  /** The one consumer that missed something; absent when every consumer of the stream did. */
  readonly consumer?: string
}
