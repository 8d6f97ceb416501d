/** Desired state to the items of one public request: one item a type and level, codes sorted, the same for any order of commands. */
import type { RequestItem } from '../protocol/request'
import type { PublicType } from '../protocol/wire'
import { publicTypes } from '../protocol/wire'
import type { StreamKey } from './stream-key'

export function mergedItems(keys: Iterable<StreamKey>): readonly RequestItem[] {
  const groups = new Map<string, { type: PublicType; level: number; codes: string[] }>()
  for (const { type, code, level } of keys) {
    const id = `${type}@${level}`
    const group = groups.get(id)
    if (group === undefined) groups.set(id, { type: type as PublicType, level, codes: [code] })
    else group.codes.push(code)
  }
  return [...groups.values()]
    .sort((a, b) => publicTypes.indexOf(a.type) - publicTypes.indexOf(b.type) || a.level - b.level)
    .map(({ type, level, codes }) => ({ type, codes: codes.sort(), ...(level === 0 ? {} : { level }) }))
}
