/**
 * A raw frame becomes events. Three ways, the quickest first: the fused reader, which knows a frame by its bytes (Node
 * only, `fused/`); `JSON.parse` and a guard (`guarded-reader.ts`); and for everything that neither recognises the slow
 * way (`slow-reader.ts`), which alone rejects. Nothing that a frame holds makes it throw.
 *
 * Before any of them, and only where somebody asks, comes the skim: whose frame it is, and whether it is wanted at all.
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
import type { Skim } from './skim'
import { readSlow } from './slow-reader'
import type { StateFrame } from './state-frame'
import { stateFrame } from './state-frame'

export type FrameSink = Sink<PublicEvent>
export type { FrameOutcome }

export interface Decoder {
  /** Tells the sink of every element of the frame, stamped with `epoch` and `receivedAt`. Never throws by itself. */
  decode(raw: RawText, epoch: number, receivedAt: number): FrameOutcome
  /** Decodes a frame that was skimmed before: its event, or `undefined` when it is none, of which the sink is told. */
  read(bytes: Uint8Array, epoch: number, receivedAt: number): PublicEvent | undefined
  /** Which way the frames went. */
  readonly counts: ReadCounts
}

export interface DecoderOptions {
  /** Without one, frames are parsed and guarded. */
  readonly reader?: FrameReader | undefined
  /** Without it, every frame is decoded. */
  readonly skim?: Skim | undefined
  /** Where to count. Default: counts of its own. */
  readonly counts?: ReadCounts
}

type Tell = (event: PublicEvent) => void

export function createDecoder(
  sink: FrameSink,
  { reader, skim, counts = newReadCounts() }: DecoderOptions = {},
): Decoder {
  const frame = new FrameBytes()
  const readsBytes = reader !== undefined || skim !== undefined
  const tellSink: Tell = (event) => sink.event(event)

  function decode(raw: RawText, epoch: number, receivedAt: number, tell: Tell): FrameOutcome {
    const size = sizeOf(raw)
    if (size > maxFrameBytes) return reject(`at most ${maxFrameBytes} bytes`, `${size} bytes`)
    // Without bytes the buffer may be gone to another thread, and a view of it is a TypeError.
    if (readsBytes && typeof raw !== 'string' && size > 0 && opens(raw)) {
      // What is told to the sink here is not skimmed again when it is read later.
      if (tell === tellSink && isSkimmed(raw, epoch, receivedAt)) return 'decoded'
      const event = reader?.read(frame, epoch, receivedAt, counts)
      if (event !== undefined) {
        for (const name of reader?.drift ?? []) sink.drift(name)
        tell(event)
        return 'decoded'
      }
    }
    const text = frameText(raw)
    return text === undefined
      ? reject('UTF-8 text', 'other bytes')
      : decodeText(text, epoch, receivedAt, tell)
  }

  function decodeText(text: string, epoch: number, receivedAt: number, tell: Tell): FrameOutcome {
    const found = readGuarded(text)
    if (found !== undefined) {
      counts.guarded++
      tell(stamp(found, epoch, receivedAt))
      return 'decoded'
    }
    counts.slow++
    return readSlow(text, {
      event: (event) => tell(stamp(event, epoch, receivedAt)),
      control: (control) => sink.control(control),
      rejected: (error) => sink.rejected(error),
      drift: (name) => sink.drift(name),
    })
  }

  /** Whether the opened frame is of nobody, or for later. */
  function isSkimmed(raw: Uint8Array, epoch: number, receivedAt: number): boolean {
    if (skim === undefined) return false
    const { type, isList } = frame.head
    // Behind the first element another one may stand, of another stream.
    if (isList) return false
    const interest = skim.interest(type, frame.code)
    if (interest === 'now') return false
    const state = interest === 'later' ? readState(raw, epoch, receivedAt) : undefined
    if (interest === 'later' && state === undefined) return false
    counts.skimmed++
    if (state === undefined) skim.unwanted(type)
    else skim.state(state)
    return true
  }

  function opens(raw: Uint8Array): boolean {
    try {
      return frame.open(raw)
    } catch (error) {
      return isCutShort(error)
    }
  }

  function readState(raw: Uint8Array, epoch: number, receivedAt: number): StateFrame | undefined {
    try {
      return stateFrame(frame, raw, epoch, receivedAt)
    } catch (error) {
      isCutShort(error)
      return undefined
    }
  }

  function reject(expected: string, actual: string): FrameOutcome {
    sink.rejected({ path: '$', expected, actual })
    return 'rejected'
  }

  return {
    counts,
    decode: (raw, epoch, receivedAt) => decode(raw, epoch, receivedAt, tellSink),
    read(bytes, epoch, receivedAt) {
      counts.skimmed--
      let event: PublicEvent | undefined
      decode(bytes, epoch, receivedAt, (found) => (event = found))
      return event
    },
  }
}

/** A frame that ends with its buffer, before it is whole: the text tells what is wrong with it. Throws anything else. */
function isCutShort(error: unknown): false {
  if (error instanceof RangeError) return false
  throw error
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
