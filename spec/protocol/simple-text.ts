/** A frame's text under its short keys, with the spelling of its numbers as it was. */
import type { EventKind } from '../../src/protocol/events'
import { eventDefinitions } from '../../src/protocol/events'

export function simpleTextOf(kind: EventKind, text: string): string {
  const fields = eventDefinitions[kind]
  const nested = 'orderbook_units' in fields ? Object.entries(fields.orderbook_units.codec.fields) : []
  return [...Object.entries(fields), ...nested].reduce(
    (renamed, [name, { key }]) => renamed.replaceAll(`"${name}":`, `"${key}":`),
    text,
  )
}
