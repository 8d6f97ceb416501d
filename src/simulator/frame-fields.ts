/** Which field table a wire type is written by. */
import { eventDefinitions, eventKind } from '../protocol/events'
import type { Fields } from '../protocol/field'
import { announcementFields, myAssetFields, myOrderFields } from './account-frames'

const tables: ReadonlyMap<unknown, Fields> = new Map<unknown, Fields>([
  ['myOrder', myOrderFields],
  ['myAsset', myAssetFields],
  ['announcement', announcementFields],
])

/** `undefined` for a type that no endpoint serves. */
export function frameFields(type: unknown): Fields | undefined {
  const kind = eventKind(type)
  return kind === undefined ? tables.get(type) : eventDefinitions[kind]
}
