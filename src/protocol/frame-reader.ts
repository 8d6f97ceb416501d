/**
 * The port of the quickest way: a reader that knows a frame by its bytes. `fused/fused-reader.ts` implements it for
 * Node; where there is none, as in browsers, every frame is parsed and guarded.
 */
import type { PublicEvent } from './events'
import type { FrameBytes } from './frame-bytes'
import type { ReadCounts } from './read-counts'
import type { StateHead } from './state-head'

export interface FrameReader {
  /**
   * The event of an opened frame, or `undefined`: then another way decides. What it recognises, the slow way accepts
   * with an equal value.
   */
  read(frame: FrameBytes, epoch: number, receivedAt: number, counts: ReadCounts): PublicEvent | undefined
  /**
   * The head of an opened frame that is a state and that `read` would recognise, without making its event; `undefined`:
   * read it.
   */
  skim(frame: FrameBytes, epoch: number, receivedAt: number): StateHead | undefined
  /** What the frame that was recognised last has beyond its table, by name; nearly always nothing. */
  readonly drift: readonly string[]
}
