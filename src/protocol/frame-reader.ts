/**
 * The port of the quickest way: a reader that knows a frame by its bytes. `fused/fused-reader.ts` implements it for
 * Node; where there is none, as in browsers, every frame is parsed and guarded.
 */
import type { PublicEvent } from './events'
import type { FrameBytes } from './frame-bytes'
import type { ReadCounts } from './read-counts'

export interface FrameReader {
  /**
   * The event of an opened frame, or `undefined`: then another way decides. What it recognises, the slow way accepts
   * with an equal value.
   */
  read(frame: FrameBytes, epoch: number, receivedAt: number, counts: ReadCounts): PublicEvent | undefined
  /** What the frame that was recognised last has beyond its table, by name; nearly always nothing. */
  readonly drift: readonly string[]
}
