/**
 * A raw frame becomes events: bounded, read as UTF-8, then the fast way (`fast-reader.ts`), and for everything that it
 * does not recognise the slow way (`slow-reader.ts`), which alone rejects. Nothing that a frame holds makes it throw.
 */
import type { PublicEvent, PublicFrame, Stamp } from './events'
import { readFast } from './fast-reader'
import type { FrameOutcome, FrameSink as Sink } from './frame-sink'
import type { RawText } from './frame-text'
import { frameText, maxFrameBytes, sizeOf } from './frame-text'
import { readSlow } from './slow-reader'

export type FrameSink = Sink<PublicEvent>
export type { FrameOutcome }

export interface Decoder {
  /** Tells the sink of every element of the frame, stamped with `epoch` and `receivedAt`. Never throws by itself. */
  decode(raw: RawText, epoch: number, receivedAt: number): FrameOutcome
  /** Frames that the fast way did not recognise. */
  readonly slowFrames: number
}

export function createDecoder(sink: FrameSink): Decoder {
  let slowFrames = 0
  return {
    get slowFrames() {
      return slowFrames
    },
    decode(raw, epoch, receivedAt) {
      const size = sizeOf(raw)
      if (size > maxFrameBytes) {
        sink.rejected({ path: '$', expected: `at most ${maxFrameBytes} bytes`, actual: `${size} bytes` })
        return 'rejected'
      }
      const text = frameText(raw)
      if (text === undefined) {
        sink.rejected({ path: '$', expected: 'UTF-8 text', actual: 'other bytes' })
        return 'rejected'
      }
      const frame = readFast(text)
      if (frame !== undefined) {
        sink.event(stamp(frame, epoch, receivedAt))
        return 'decoded'
      }
      slowFrames++
      return readSlow(text, {
        event: (found) => sink.event(stamp(found, epoch, receivedAt)),
        control: (control) => sink.control(control),
        rejected: (error) => sink.rejected(error),
        drift: (name) => sink.drift(name),
      })
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
