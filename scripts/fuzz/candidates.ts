/**
 * Who is put to the proof: the fast readers of frames and of numbers. A new one is a line in these lists.
 *
 * `undefined` says "not recognised": the frame goes the slow way, and there is nothing to compare.
 */
import type { PublicFrame } from '../../src/protocol/events'
import { FrameBytes } from '../../src/protocol/frame-bytes'
import { frameText } from '../../src/protocol/frame-text'
import { cursor } from '../../src/protocol/fused/cursor'
import { FusedReader } from '../../src/protocol/fused/fused-reader'
import { generateReader } from '../../src/protocol/fused/generate-reader'
import { readNumber } from '../../src/protocol/fused/read-number'
import type { Shape } from '../../src/protocol/fused/shape'
import { TextCache } from '../../src/protocol/fused/text-cache'
import { readGuarded } from '../../src/protocol/guarded-reader'
import { newReadCounts } from '../../src/protocol/read-counts'

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
    name: 'guarded',
    read(bytes) {
      const text = frameText(bytes)
      return text === undefined ? undefined : readGuarded(text)
    },
  },
  fused(),
]

/** Learns from what it sees; a second passes with each frame, so that it may learn anew again and again. */
function fused(): FrameCandidate {
  const reader = new FusedReader()
  const frame = new FrameBytes()
  const counts = newReadCounts()
  let nowMs = 0
  return {
    name: 'fused',
    read(bytes) {
      const event = withinBuffer(() => {
        return frame.open(bytes) ? reader.read(frame, 1, (nowMs += 1000), counts) : undefined
      })
      if (event === undefined) return undefined
      // The slow way does not stamp. Taken off, not copied: the event's own prototype is part of the proof.
      const unstamped = event as Partial<typeof event>
      for (const name of ['epoch', 'received_at', 'source'] as const) Reflect.deleteProperty(unstamped, name)
      return event
    },
    drift: () => reader.drift.filter((name) => !name.endsWith('(keys or their order)')),
  }
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export const numberCandidates: readonly NumberCandidate[] = [
  {
    name: 'Number',
    read(bytes) {
      const text = frameText(bytes)
      return text !== undefined && jsonNumber.test(text) ? Number(text) : undefined
    },
  },
  {
    name: 'readNumber',
    read(bytes) {
      const text = Buffer.from(`${Buffer.from(bytes).toString('latin1')},`, 'latin1')
      const view = new DataView(text.buffer, text.byteOffset, text.byteLength)
      const value = withinBuffer(() => readNumber(view, 0))
      return cursor.at === bytes.length ? value : undefined
    },
  },
  inlined(),
]

/** A number of a list element, where generated code reads it without a call. */
function inlined(): NumberCandidate {
  const member = { key: 'n', name: 'n', value: { form: 'number' } } as const
  const list = { key: 'l', name: 'l', value: { form: 'list', members: [member] } } as const
  const shape: Shape = { members: [list], names: ['l'], drift: [] }
  const read = generateReader('ticker', shape, false, new TextCache(16))
  return {
    name: 'inlined',
    read(bytes) {
      const text = Buffer.from(`,"l":[{"n":${Buffer.from(bytes).toString('latin1')}}]}`, 'latin1')
      const view = new DataView(text.buffer, text.byteOffset, text.byteLength)
      const event: unknown = withinBuffer(() => read(view, 0, text.byteLength, '', 0, 0))
      return (event as { readonly l: readonly [{ readonly n: number }] } | undefined)?.l[0].n
    },
  }
}

/** What would be read beyond the buffer is not recognised, as in `decode.ts`. */
function withinBuffer<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
