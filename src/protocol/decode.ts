/**
 * A raw frame becomes events. Three ways, the quickest first: the fused reader, which knows a frame by its bytes
 * (generated code, so Node only); `JSON.parse` and a guard (`guarded-reader.ts`); and for everything that neither recognises the slow
 * way (`slow-reader.ts`), which alone rejects. Nothing that a frame holds makes it throw.
 *
 * Before any of them, and only where somebody asks, comes the skim: whose frame it is, and whether it is wanted at all.
 */
import type { PublicEvent, PublicFrame, Stamp } from './events'
import { publicVocabulary } from './events'
import { FrameBytes } from './frame-bytes'
import type { FrameReader } from './frame-reader'
import type { FrameOutcome, FrameSink as Sink } from './frame-sink'
import type { RawText } from './frame-text'
import { frameText, looseText, maxFrameBytes, sizeOf } from './frame-text'
import { readGuarded } from './guarded-reader'
import type { ReadCounts } from './read-counts'
import { newReadCounts } from './read-counts'
import type { Skim } from './skim'
import { readSlow } from './slow-reader'
import { rejectUnreadable } from './unreadable'

/** A book of 30 units has 2.7 kB; what is much larger is not worth keeping. */
const mostKeptBytes = 65_536

export type FrameSink = Sink<PublicEvent>
export type { FrameOutcome }

/** What every connection has its frames decoded by. */
export interface FrameDecoder {
  /** Tells the sink of every element of the frame, stamped with `epoch` and `receivedAt`. Never throws by itself. */
  decode(raw: RawText, epoch: number, receivedAt: number): FrameOutcome
  /** Which way the frames went. */
  readonly counts: ReadCounts
}

export interface Decoder<E = PublicEvent> extends FrameDecoder {
  /** The event of a frame that was skimmed as a state before; nothing is told to the sink. */
  read(bytes: Uint8Array, epoch: number, receivedAt: number): E
}

export interface DecoderOptions {
  /** Without one, frames are parsed and guarded. */
  readonly reader?: FrameReader | undefined
  /** Without it, every frame is decoded. */
  readonly skim?: Skim | undefined
  /** Where to count. Default: counts of its own. */
  readonly counts?: ReadCounts
}

export function createDecoder(
  sink: FrameSink,
  { reader, skim, counts = newReadCounts() }: DecoderOptions = {},
): Decoder {
  const frame = new FrameBytes()
  const readsBytes = reader !== undefined || skim !== undefined

  function decodeText(text: string, epoch: number, receivedAt: number, to: FrameSink): FrameOutcome {
    const found = readGuarded(text)
    if (found !== undefined) {
      counts.guarded++
      to.event(stamp(found, epoch, receivedAt))
      return 'decoded'
    }
    counts.slow++
    const stamped: Sink<PublicFrame> = {
      event: (event) => to.event(stamp(event, epoch, receivedAt)),
      control: (control) => to.control(control),
      rejected: (error) => to.rejected(error),
      drift: (name) => to.drift(name),
    }
    return readSlow(text, stamped, publicVocabulary)
  }

  /** Whether the opened frame is of nobody, or for later. */
  function isSkimmed(bytes: Uint8Array, epoch: number, receivedAt: number): boolean {
    if (skim === undefined) return false
    const { type, isList } = frame.head
    const interest = skim.interest(type, frame.code)
    if (interest === 'never' && !isList) {
      counts.skimmed++
      skim.unwanted(type)
      return true
    }
    if (interest !== 'later' || bytes.byteLength > mostKeptBytes) return false
    const head = reader?.skim(frame, epoch, receivedAt)
    if (head === undefined) return false
    counts.skimmed++
    tellDrift()
    skim.state(head, bytes)
    return true
  }

  function tellDrift(): void {
    for (const name of reader?.drift ?? []) sink.drift(name)
  }

  /** A frame that ends with its buffer before its head does has none that is known: its text tells what is wrong with it. */
  function opens(raw: Uint8Array): boolean {
    try {
      return frame.open(raw)
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
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
      // Without bytes the buffer may be gone to another thread, and a view of it is a TypeError.
      if (readsBytes && typeof raw !== 'string' && size > 0 && opens(raw)) {
        if (isSkimmed(raw, epoch, receivedAt)) return 'decoded'
        const event = reader?.read(frame, epoch, receivedAt, counts)
        if (event !== undefined) {
          tellDrift()
          sink.event(event)
          return 'decoded'
        }
      }
      const text = frameText(raw)
      if (text === undefined) {
        const fault = { path: '$', expected: 'UTF-8 text', actual: 'other bytes' }
        return rejectUnreadable(looseText(raw), fault, sink, publicVocabulary)
      }
      return decodeText(text, epoch, receivedAt, sink)
    },
    read(bytes, epoch, receivedAt) {
      counts.skimmed--
      let event = opens(bytes) ? reader?.read(frame, epoch, receivedAt, counts) : undefined
      // Readers may have been made anew since it was skimmed. What is to be told of it was told then.
      if (event === undefined) {
        const silent = { control() {}, rejected() {}, drift() {} }
        decodeText(frameText(bytes) ?? '', epoch, receivedAt, {
          ...silent,
          event: (found) => (event = found),
        })
      }
      if (event === undefined) throw new Error('A frame that was skimmed is no event.')
      return event
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
