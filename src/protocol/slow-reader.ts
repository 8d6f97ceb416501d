/**
 * The slow way, which decides: lossless parse and io-ts. It alone rejects, with a path, and it alone sees control
 * frames, lists of several events and schema drift. Each element of a list is judged for itself, so one bad element
 * loses nothing but itself.
 */
import type { Bag } from './bag'
import { isBag } from './bag'
import { readBareControl, readControl } from './control'
import type { DecodeError } from './decode-error'
import { excerpt, fromValidation, maxCodeLength } from './decode-error'
import { findDrift } from './drift'
import type { EventDefinition, EventVocabulary } from './event-vocabulary'
import type { FrameOutcome, FrameSink } from './frame-sink'
import { expandKeys } from './key-spelling'
import { parseLossless } from './lossless'
import { elementPath, memberPath } from './path'
import { findProtoKey } from './proto-key'
import { Rejections } from './rejections'
import { rejectUnreadable } from './unreadable'

/** Tells `sink` of every element of the frame; an event is what `vocabulary` knows. */
export function readSlow<Frame>(
  text: string,
  sink: FrameSink<Frame>,
  vocabulary: EventVocabulary<Frame>,
): FrameOutcome {
  const parsed = parseLossless(text)
  if (!('value' in parsed)) {
    const control = readBareControl(text)
    if (control === undefined) {
      const fault = { path: '$', expected: `JSON (${parsed.reason})`, actual: excerpt(text) }
      return rejectUnreadable(text, fault, sink, vocabulary)
    }
    sink.control(control)
    return 'control'
  }
  const { value, hasProtoKey } = parsed
  if (!Array.isArray(value)) return readElement(value, '$', hasProtoKey, sink, vocabulary)
  if (value.length === 0) {
    return reject(sink, { path: '$', expected: 'at least one element', actual: 'an empty list' })
  }
  const rejections = new Rejections((error) => sink.rejected(error))
  const bounded: FrameSink<Frame> = {
    event: (event) => sink.event(event),
    control: (control) => sink.control(control),
    rejected: (error) => rejections.add(error),
    drift: (name) => sink.drift(name),
  }
  let outcome: FrameOutcome = 'control'
  for (const [index, element] of (value as unknown[]).entries()) {
    const result = readElement(element, elementPath('$', index), hasProtoKey, bounded, vocabulary)
    if (outcome !== 'rejected' && result !== 'control') outcome = result
  }
  rejections.end()
  return outcome
}

function readElement<Frame>(
  element: unknown,
  at: string,
  hasProtoKey: boolean,
  sink: FrameSink<Frame>,
  vocabulary: EventVocabulary<Frame>,
): FrameOutcome {
  const protoPath = hasProtoKey ? findProtoKey(element, at) : undefined
  if (protoPath !== undefined) {
    return reject(sink, { path: protoPath, expected: 'no __proto__ key', actual: 'one' })
  }
  const bag = isBag(element) ? element : undefined
  const simple = bag?.type === undefined
  const type = simple ? bag?.ty : bag.type
  const kind = vocabulary(type)
  // Events are told first: a new field called `status` must not turn every ticker into a control frame.
  if (bag !== undefined && kind !== undefined) return readEvent(kind, bag, simple, at, sink)
  const control = readControl(element)
  if (control !== undefined) {
    sink.control(control)
    return 'control'
  }
  const fault: DecodeError =
    bag === undefined
      ? { path: at, expected: 'an object', actual: excerpt(element) }
      : { path: memberPath(at, 'type'), expected: 'a known type', actual: excerpt(type) }
  return reject(sink, fault)
}

function readEvent<Frame>(
  { name, fields, codec: codecOf }: EventDefinition<Frame>,
  wire: Bag,
  simple: boolean,
  at: string,
  sink: FrameSink<Frame>,
): FrameOutcome {
  const full = simple ? expandKeys(fields, wire) : wire
  const codec = codecOf(full)
  const decoded = codec.decode(full)
  if (decoded._tag === 'Left') {
    const code = typeof full.code === 'string' ? { code: full.code.slice(0, maxCodeLength) } : {}
    return reject(sink, { ...fromValidation(decoded.left, at), type: String(full.type), ...code })
  }
  for (const drift of findDrift(name, codec.fields, full)) sink.drift(drift)
  sink.event(decoded.right)
  return 'decoded'
}

function reject(sink: Pick<FrameSink<never>, 'rejected'>, error: DecodeError): FrameOutcome {
  sink.rejected(error)
  return 'rejected'
}
