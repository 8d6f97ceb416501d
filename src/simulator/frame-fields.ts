/** Which field table a wire type is written by. */
import { eventDefinitions, eventKind } from '../protocol/events'
import type { Fields } from '../protocol/field'
import { infoDefinitions } from '../protocol/info-events'
import { privateDefinitions } from '../protocol/private-events'

const tables: ReadonlyMap<unknown, Fields> = new Map<unknown, Fields>(
  Object.entries({ ...privateDefinitions, ...infoDefinitions }),
)

/** `undefined` for a type that no endpoint serves. */
export function frameFields(type: unknown): Fields | undefined {
  const kind = eventKind(type)
  return kind === undefined ? tables.get(type) : eventDefinitions[kind]
}
