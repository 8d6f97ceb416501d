/**
 * A raw frame of the private or the info connection becomes events, always the slow way: its numbers keep their digits,
 * and it comes seldom enough not to need another. Nothing that a frame holds makes it throw.
 */
import type { FrameDecoder } from './decode'
import type { EventVocabulary } from './event-vocabulary'
import type { Stamp } from './events'
import type { FrameOutcome, FrameSink } from './frame-sink'
import { frameText, looseText, maxFrameBytes, sizeOf } from './frame-text'
import type { ReadCounts } from './read-counts'
import { newReadCounts } from './read-counts'
import { readSlow } from './slow-reader'
import { rejectUnreadable } from './unreadable'

/** Every event of `vocabulary` goes to `sink` with our three fields. */
export function createLosslessDecoder<Frame extends object>(
  vocabulary: EventVocabulary<Frame>,
  sink: FrameSink<Frame & Stamp>,
  counts: ReadCounts = newReadCounts(),
): FrameDecoder {
  function reject(expected: string, actual: string): FrameOutcome {
    sink.rejected({ path: '$', expected, actual })
    return 'rejected'
  }

  return {
    counts,
    decode(raw, epoch, receivedAt) {
      const size = sizeOf(raw)
      if (size > maxFrameBytes) return reject(`at most ${maxFrameBytes} bytes`, `${size} bytes`)
      const text = frameText(raw)
      if (text === undefined) {
        const fault = { path: '$', expected: 'UTF-8 text', actual: 'other bytes' }
        return rejectUnreadable(looseText(raw), fault, sink, vocabulary)
      }
      counts.slow++
      const stamped: FrameSink<Frame> = {
        event: (frame) => sink.event({ ...frame, epoch, received_at: receivedAt, source: 'socket' }),
        control: (control) => sink.control(control),
        rejected: (error) => sink.rejected(error),
        drift: (name) => sink.drift(name),
      }
      return readSlow(text, stamped, vocabulary)
    },
  }
}
