/**
 * The fast way: `JSON.parse`, the guard, the exact digits cut from the text. It recognises the one event of a frame in
 * the shape that the field tables describe, and decides nothing else: whatever it does not recognise goes the slow way,
 * and what it accepts the slow way accepts with equal values (a property of the specs).
 */
import { isBag } from './bag'
import type { EventKind, PublicFrame } from './events'
import { eventDefinitions, eventKind } from './events'
import { exactDigits } from './exact-digits'
import type { Guard, KeySpelling } from './guard'
import { compileGuard } from './guard'

const guards = { full: guardsFor('full'), simple: guardsFor('simple') }

function guardsFor(spelling: KeySpelling): Readonly<Record<EventKind, Guard>> {
  const guard = (kind: EventKind): Guard => compileGuard(eventDefinitions[kind], spelling)
  return {
    ticker: guard('ticker'),
    trade: guard('trade'),
    orderbook: guard('orderbook'),
    candle: guard('candle'),
  }
}

/** The event of a frame, or `undefined`: then the slow way decides. */
export function readGuarded(text: string): PublicFrame | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  // A list of one is the frame of the list formats; longer ones are rare.
  if (Array.isArray(parsed) && parsed.length === 1) parsed = parsed[0]
  if (!isBag(parsed)) return undefined
  const simple = parsed.type === undefined
  const kind = eventKind(simple ? parsed.ty : parsed.type)
  if (kind === undefined) return undefined
  const guard = guards[simple ? 'simple' : 'full'][kind]
  if (!guard.accepts(parsed)) return undefined
  const event = simple ? guard.rename(parsed) : (parsed as Record<string, unknown>)
  for (const { name, key } of guard.exactFields) {
    const digits = exactDigits(text, key)
    if (digits === undefined) return undefined
    event[name] = digits
  }
  // The guard has just shown the shape.
  return event as unknown as PublicFrame
}
