/**
 * A frame that is no JSON, or no text at all: whatever events were in it are lost, and the heads that still stand in it
 * say whose they were. The exchange begins an event with its type and, where it has one, its code (every recording of
 * 2021 to 2026); what names no event that is known is nobody's loss that could be told.
 */
import type { DecodeError } from './decode-error'
import { maxCodeLength } from './decode-error'
import type { EventVocabulary } from './event-vocabulary'
import type { FrameOutcome, FrameSink } from './frame-sink'
import { Rejections } from './rejections'

/**
 * The longest type that is known has 15 characters. What is followed by `codes` or nothing is an entry of a list of
 * subscriptions. Every repetition is bounded: a text may be a hostile megabyte.
 */
const headPattern = new RegExp(
  [
    String.raw`"(?:type|ty)"\s{0,4}:\s{0,4}"([\w.]{1,32})"`,
    String.raw`\s{0,4},\s{0,4}"(?!codes"|level")`,
    String.raw`(?:(?:code|cd)"\s{0,4}:\s{0,4}"([^"\\]{1,${maxCodeLength}})")?`,
  ].join(''),
  'g',
)

/** Rejects the frame once for each event that its text names, or once when it names none. */
export function rejectUnreadable(
  text: string,
  fault: DecodeError,
  sink: Pick<FrameSink<never>, 'rejected'>,
  vocabulary: EventVocabulary<unknown>,
): FrameOutcome {
  const rejections = new Rejections((error) => sink.rejected(error))
  let namesAny = false
  for (const [, type, code] of text.matchAll(headPattern)) {
    if (type === undefined || vocabulary(type) === undefined) continue
    namesAny = true
    rejections.add({ ...fault, type, ...(code === undefined ? {} : { code }) })
  }
  if (!namesAny) rejections.add(fault)
  rejections.end()
  return 'rejected'
}
