/** What the specs of the decoder share: everything that a frame led to, and the two ways apart. */
import type { Control } from '../../src/protocol/control'
import type { Decoder, FrameOutcome } from '../../src/protocol/decode'
import { createDecoder } from '../../src/protocol/decode'
import type { DecodeError } from '../../src/protocol/decode-error'
import type { PublicEvent, PublicFrame } from '../../src/protocol/events'
import { publicVocabulary } from '../../src/protocol/events'
import type { RawText } from '../../src/protocol/frame-text'
import { FusedReader } from '../../src/protocol/fused/fused-reader'
import type { ReadCounts } from '../../src/protocol/read-counts'
import { newReadCounts } from '../../src/protocol/read-counts'
import { readSlow } from '../../src/protocol/slow-reader'

/** Everything that one frame led to. */
export interface Decoded<Event = PublicEvent> {
  readonly outcome: FrameOutcome
  readonly events: readonly Event[]
  readonly controls: readonly Control[]
  readonly rejected: readonly DecodeError[]
  readonly drift: readonly string[]
  /** Whether the fast way did not recognise it. */
  readonly slow: boolean
}

export const epoch = 3
export const receivedAt = 1_790_000_000_000

/** One frame through a decoder of its own. */
export function decode(raw: RawText): Decoded {
  const { sink, found } = recorder<PublicEvent>()
  const decoder: Decoder = createDecoder(sink)
  const outcome = decoder.decode(raw, epoch, receivedAt)
  return { outcome, ...found, slow: decoder.counts.slow === 1 }
}

/** One frame through the slow way alone: lossless parse and codec. */
export function decodeSlowly(text: string): Decoded<PublicFrame> {
  const { sink, found } = recorder<PublicFrame>()
  return { outcome: readSlow(text, sink, publicVocabulary), ...found, slow: true }
}

export interface FusedDecoded extends Decoded {
  /** Whether the fused reader recognised it. */
  readonly fused: boolean
}

export interface FusedDecoding {
  /** The next frame; what a reader has learned of the ones before holds. */
  decode(raw: RawText, atMs?: number): FusedDecoded
  readonly counts: ReadCounts
}

/** A decoder with a fused reader, which has read the frames of `lessons` before, each once. */
export function fusedDecoding(lessons: readonly string[] = []): FusedDecoding {
  let { sink, found } = recorder<PublicEvent>()
  const counts = newReadCounts()
  const decoder = createDecoder(
    {
      event: (event) => sink.event(event),
      control: (control) => sink.control(control),
      rejected: (error) => sink.rejected(error),
      drift: (name) => sink.drift(name),
    },
    { reader: new FusedReader(), counts },
  )
  const decoding: FusedDecoding = {
    counts,
    decode(raw, atMs = receivedAt) {
      ;({ sink, found } = recorder<PublicEvent>())
      const before = { ...counts }
      const outcome = decoder.decode(raw, epoch, atMs)
      return { outcome, ...found, slow: counts.slow > before.slow, fused: counts.fused > before.fused }
    },
  }
  for (const text of lessons) decoding.decode(bytesOf(text))
  return decoding
}

/** The bytes of a text, alone in their buffer, as a message that was put together from several packets has them. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The bytes of a text among others in one buffer, as most frames of a socket lie. */
export function chunkedBytesOf(text: string, behind: string, before = 'xyz'): Uint8Array {
  const [start, length] = [bytesOf(before).length, bytesOf(text).length]
  return bytesOf(before + text + behind).subarray(start, start + length)
}

/** The one event of a frame that has nothing else in it; fails the spec otherwise. */
export function eventOf(raw: RawText): PublicEvent {
  const { events, rejected, controls } = decode(raw)
  expect({ rejected, controls, events: events.length }).toEqual({ rejected: [], controls: [], events: 1 })
  return events[0]!
}

/** The one rejection of a frame that has nothing else in it; fails the spec otherwise. */
export function rejectionOf(raw: RawText): DecodeError {
  const { outcome, events, rejected, controls } = decode(raw)
  expect({ outcome, events, controls, rejected: rejected.length }).toEqual({
    outcome: 'rejected',
    events: [],
    controls: [],
    rejected: 1,
  })
  return rejected[0]!
}

/** Without our own three fields: what the exchange said. */
export function frameOf({ epoch: _epoch, received_at: _at, source: _source, ...frame }: PublicEvent): object {
  return frame
}

function recorder<Event>() {
  const found = {
    events: [] as Event[],
    controls: [] as Control[],
    rejected: [] as DecodeError[],
    drift: [] as string[],
  }
  const sink = {
    event: (event: Event) => void found.events.push(event),
    control: (control: Control) => void found.controls.push(control),
    rejected: (error: DecodeError) => void found.rejected.push(error),
    drift: (name: string) => void found.drift.push(name),
  }
  return { sink, found }
}
