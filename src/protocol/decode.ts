/**
 * A raw frame becomes events. Three ways, the quickest first: the fused reader, which knows a frame by its bytes (Node
 * only, `fused/`); `JSON.parse` and a guard (`guarded-reader.ts`); and for everything that neither recognises the slow
 * way (`slow-reader.ts`), which alone rejects. Nothing that a frame holds makes it throw.
 */
import type { PublicEvent, PublicFrame, Stamp } from './events'
import { FrameBytes } from './frame-bytes'
import type { FrameReader } from './frame-reader'
import type { FrameOutcome, FrameSink as Sink } from './frame-sink'
import type { RawText } from './frame-text'
import { frameText, maxFrameBytes, sizeOf } from './frame-text'
import { readGuarded } from './guarded-reader'
import type { ReadCounts } from './read-counts'
import { newReadCounts } from './read-counts'
import { readSlow } from './slow-reader'

export type FrameSink = Sink<PublicEvent>
export type { FrameOutcome }

export interface Decoder {
  /** Tells the sink of every element of the frame, stamped with `epoch` and `receivedAt`. Never throws by itself. */
  decode(raw: RawText, epoch: number, receivedAt: number): FrameOutcome
  /** Which way the frames went. */
  readonly counts: ReadCounts
}

export interface DecoderOptions {
  /** Without one, frames are parsed and guarded. */
  readonly reader?: FrameReader | undefined
  /** Where to count. Default: counts of its own. */
  readonly counts?: ReadCounts
}

export function createDecoder(
  sink: FrameSink,
  { reader, counts = newReadCounts() }: DecoderOptions = {},
): Decoder {
  const bytes = new FrameBytes()

  /** Whether the bytes were recognised, and told. */
  function decodeBytes(raw: RawText, epoch: number, receivedAt: number): boolean {
    if (reader === undefined || typeof raw === 'string') return false
    let event: PublicEvent | undefined
    try {
      event = bytes.open(raw) ? reader.read(bytes, epoch, receivedAt, counts) : undefined
    } catch (error) {
      // Cut short, at the end of its buffer.
      if (!(error instanceof RangeError)) throw error
    }
    if (event === undefined) return false
    for (const name of reader.drift) sink.drift(name)
    sink.event(event)
    return true
  }

  function decodeText(text: string, epoch: number, receivedAt: number): FrameOutcome {
    const frame = readGuarded(text)
    if (frame !== undefined) {
      counts.guarded++
      sink.event(stamp(frame, epoch, receivedAt))
      return 'decoded'
    }
    counts.slow++
    return readSlow(text, {
      event: (found) => sink.event(stamp(found, epoch, receivedAt)),
      control: (control) => sink.control(control),
      rejected: (error) => sink.rejected(error),
      drift: (name) => sink.drift(name),
    })
  }

  function reject(expected: string, actual: string): FrameOutcome {
    sink.rejected({ path: '$', expected, actual })
    return 'rejected'
  }

  return {
    counts,
    decode(raw, epoch, receivedAt) {
      const size = sizeOf(raw)
      if (size > maxFrameBytes) return reject(`at most ${maxFrameBytes} bytes`, `${size} bytes`)
      if (decodeBytes(raw, epoch, receivedAt)) return 'decoded'
      const text = frameText(raw)
      return text === undefined ? reject('UTF-8 text', 'other bytes') : decodeText(text, epoch, receivedAt)
    },
  }
}

type Unstamped = PublicFrame & { -readonly [K in keyof Stamp]?: Stamp[K] }

/** The frame itself with our three fields, since it was made here and nobody else has it. */
function stamp(frame: PublicFrame, epoch: number, receivedAt: number): PublicEvent {
  const event: Unstamped = frame
  event.epoch = epoch
  event.received_at = receivedAt
  event.source = 'socket'
  return event as PublicEvent
}
