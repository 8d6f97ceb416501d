/**
 * Who is put to the proof: the fast readers of frames and of numbers. A new one is a line in these lists.
 *
 * `undefined` says "not recognised": the frame goes the slow way, and there is nothing to compare.
 */
import type { PublicFrame } from '../../src/protocol/events'
import { readFast } from '../../src/protocol/fast-reader'
import { frameText } from '../../src/protocol/frame-text'

export interface FrameCandidate {
  readonly name: string
  /** The bytes may lie amid others, as those of a frame do in what a socket has read. */
  read(bytes: Uint8Array): PublicFrame | undefined
  /** What it would tell as drift of the frame that it recognised last; without it, of a frame with some it takes none. */
  drift?(): readonly string[]
}

/** The bytes are those of a number alone, or of something that is none. */
export interface NumberCandidate {
  readonly name: string
  read(bytes: Uint8Array): number | undefined
}

export const frameCandidates: readonly FrameCandidate[] = [
  {
    name: 'readFast',
    read(bytes) {
      const text = frameText(bytes)
      return text === undefined ? undefined : readFast(text)
    },
  },
]

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export const numberCandidates: readonly NumberCandidate[] = [
  {
    name: 'Number',
    read(bytes) {
      const text = frameText(bytes)
      return text !== undefined && jsonNumber.test(text) ? Number(text) : undefined
    },
  },
]
