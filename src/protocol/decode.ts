/**
 * A raw frame becomes events. Fast way: `JSON.parse`, the guard, the exact digits cut from the text. Slow way, for
 * everything that the fast way does not recognise: lossless parse and io-ts, which alone reject, with a path.
 *
 * A frame may be a list; each element is judged for itself, so one bad element loses nothing but itself.
 */
import type { RawText } from './frame-text'
import { frameText, maxFrameBytes, sizeOf } from './frame-text'
import type { Control } from './control'
import { readControl } from './control'
import type { DecodeError } from './decode-error'
import { excerpt, fromValidation } from './decode-error'
import { canonicalDecimal } from './decimal'
import { findDrift } from './drift'
import type { EventKind, PublicEvent } from './events'
import { eventCodecs, eventDefinitions, eventKind } from './events'
import type { Guard } from './guard'
import { compileGuard } from './guard'
import { expandKeys, isBag } from './key-spelling'
import { parseLossless } from './lossless'

/** Who learns what was in a frame, in the order of its elements. */
export interface FrameSink {
  event(event: PublicEvent): void
  control(control: Control): void
  rejected(error: DecodeError): void
  /** An unknown field or enum value: `ticker.new_field`, `ticker.market_state=HALTED`. */
  drift(name: string): void
}

/** `data` frames hold events or what should have been events; `control` frames do not. */
export type FrameOutcome = 'decoded' | 'rejected' | 'control'

export interface Decoder {
  decode(raw: RawText, epoch: number, receivedAt: number): FrameOutcome
  /** Frames that the fast way did not recognise. */
  readonly slowFrames: number
}

type Bag = Record<string, unknown>

const guards = {
  full: mapDefinitions((kind) => compileGuard(eventDefinitions[kind], 'full')),
  simple: mapDefinitions((kind) => compileGuard(eventDefinitions[kind], 'simple')),
}

export function createDecoder(sink: FrameSink): Decoder {
  let slowFrames = 0
  return {
    get slowFrames() {
      return slowFrames
    },
    decode(raw, epoch, receivedAt) {
      if (sizeOf(raw) > maxFrameBytes) {
        sink.rejected({
          path: '$',
          expected: `at most ${maxFrameBytes} bytes`,
          actual: `${sizeOf(raw)} bytes`,
        })
        return 'rejected'
      }
      const text = frameText(raw)
      if (text === undefined) {
        sink.rejected({ path: '$', expected: 'UTF-8 text', actual: 'other bytes' })
        return 'rejected'
      }
      const event = readFast(text, epoch, receivedAt)
      if (event !== undefined) {
        sink.event(event)
        return 'decoded'
      }
      slowFrames++
      return readSlow(text, epoch, receivedAt, sink)
    },
  }
}

/** The one event of a frame in the order that the wire has it, or `undefined`: then the slow way decides. */
function readFast(text: string, epoch: number, receivedAt: number): PublicEvent | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  // A list of one is the frame of the list formats; longer ones are rare and go the slow way.
  if (Array.isArray(parsed) && parsed.length === 1) parsed = parsed[0]
  if (!isBag(parsed)) return undefined
  const simple = parsed.type === undefined
  const kind = eventKind(simple ? parsed.ty : parsed.type)
  if (kind === undefined) return undefined
  const guard = guards[simple ? 'simple' : 'full'][kind]
  if (!guard.accepts(parsed)) return undefined
  const event = simple ? guard.rename(parsed) : (parsed as Bag)
  for (const { name, key } of guard.exactFields) {
    const digits = cutDigits(text, key)
    if (digits === undefined) return undefined
    event[name] = digits
  }
  return stamp(event, epoch, receivedAt)
}

/**
 * The text of a number whose key comes exactly once in a frame without escapes: then it is the field that the guard
 * saw, since a second spelling of the key would need an escape and a nested one would be a second occurrence.
 */
function cutDigits(text: string, key: string): string | undefined {
  const mark = `"${key}":`
  const at = text.indexOf(mark)
  if (at === -1 || text.includes(mark, at + 1) || text.includes('\\')) return undefined
  const start = at + mark.length
  let end = start
  for (let c = text.charCodeAt(end); c >= 48 && c <= 57; c = text.charCodeAt(++end));
  const next = text.charCodeAt(end)
  // Only plain integers; a fraction, an exponent, a sign or a space is left to the slow way.
  const ends = next === 44 || next === 125
  return ends && end > start ? canonicalDecimal(text.slice(start, end)) : undefined
}

function readSlow(text: string, epoch: number, receivedAt: number, sink: FrameSink): FrameOutcome {
  const parsed = parseLossless(text)
  if (!('value' in parsed)) {
    sink.rejected({ path: parsed.path, expected: parsed.reason, actual: excerpt(text) })
    return 'rejected'
  }
  const isList = Array.isArray(parsed.value)
  const elements: readonly unknown[] = isList ? (parsed.value as unknown[]) : [parsed.value]
  if (elements.length === 0) {
    sink.rejected({ path: '$', expected: 'at least one element', actual: 'an empty list' })
    return 'rejected'
  }
  let outcome: FrameOutcome = 'control'
  elements.forEach((element, index) => {
    const result = readElement(element, isList ? `$[${index}]` : '$', epoch, receivedAt, sink)
    if (outcome !== 'rejected' && result !== 'control') outcome = result
  })
  return outcome
}

function readElement(
  element: unknown,
  at: string,
  epoch: number,
  receivedAt: number,
  sink: FrameSink,
): FrameOutcome {
  const reject = (error: DecodeError): FrameOutcome => {
    sink.rejected(error)
    return 'rejected'
  }
  if (!isBag(element)) return reject({ path: at, expected: 'an object', actual: excerpt(element) })
  const control = readControl(element)
  if (control !== undefined) {
    sink.control(control)
    return 'control'
  }
  const simple = element.type === undefined
  const type = simple ? element.ty : element.type
  const kind = eventKind(type)
  if (kind === undefined) {
    return reject({ path: `${at}.type`, expected: 'a known type', actual: excerpt(type) })
  }
  const fields = eventDefinitions[kind]
  const full = simple ? expandKeys(fields, element) : element
  const decoded = eventCodecs[kind].decode(full)
  if (decoded._tag === 'Left') {
    const code = typeof full.code === 'string' ? { code: full.code.slice(0, 32) } : {}
    return reject({ ...fromValidation(decoded.left, at), type: String(type), ...code })
  }
  findDrift(kind, fields, full, sink.drift.bind(sink))
  sink.event(stamp(decoded.right as unknown as Bag, epoch, receivedAt))
  return 'decoded'
}

/** The guard or the codec has just shown the shape; here it gets our own three fields. */
function stamp(event: Bag, epoch: number, receivedAt: number): PublicEvent {
  event.epoch = epoch
  event.received_at = receivedAt
  event.source = 'socket'
  return event as unknown as PublicEvent
}

function mapDefinitions(make: (kind: EventKind) => Guard): Readonly<Record<EventKind, Guard>> {
  const kinds = Object.keys(eventDefinitions) as EventKind[]
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<EventKind, Guard>
}
