/**
 * What one connection is subscribed to. A message replaces all of it, whatever its ticket and types; what the old
 * set had beyond the new one lingers for a moment, since up to two frames of it were seen after a replacement.
 */
import type { CandleType } from '../protocol/wire'
import type { RequestedItem } from './request'
import { fullDepth } from './broadcast'
import type { ExchangeSwitches } from './switches'

/** One stream that a connection wants. */
export interface SubscribedItem {
  readonly type: 'ticker' | 'trade' | 'orderbook' | CandleType
  readonly code: string
  readonly level: number
  readonly depth: number
  readonly onlySnapshot: boolean
  readonly onlyRealtime: boolean
  /** `false` until its SNAPSHOT is out: the market's REALTIME frames never come before it. */
  live: boolean
}

/** What a connection wants of one (type, code); more than one only under `duplicateItem: 'both'`. */
export type ItemSet = ReadonlyMap<string, readonly SubscribedItem[]>

export function itemKey(type: string, code: string): string {
  return `${type} ${code}`
}

/** The set that a message's items make. Insertion order is the message's. */
export function itemSet(
  items: readonly RequestedItem[],
  duplicateItem: ExchangeSwitches['duplicateItem'],
): ItemSet {
  const set = new Map<string, readonly SubscribedItem[]>()
  for (const item of items) {
    for (const requested of item.codes) {
      const { code, depth } = splitDepth(item.type, requested)
      const key = itemKey(item.type, code)
      const subscribed: SubscribedItem = {
        type: item.type as SubscribedItem['type'],
        code,
        level: item.type === 'orderbook' ? item.level : 0,
        depth,
        onlySnapshot: item.onlySnapshot,
        onlyRealtime: item.onlyRealtime,
        live: item.onlyRealtime,
      }
      set.set(key, duplicateItem === 'both' ? [...(set.get(key) ?? []), subscribed] : [subscribed])
    }
  }
  return set
}

/** `KRW-BTC.15` asks for 15 levels; any number but 1, 5 and 15 gets the full window. Other types have no suffix. */
function splitDepth(type: string, requested: string): { code: string; depth: number } {
  const suffix = type === 'orderbook' ? /^(.+)\.(\d+)$/.exec(requested) : null
  if (suffix === null) return { code: requested, depth: fullDepth }
  const asked = Number(suffix[2])
  return { code: suffix[1] as string, depth: [1, 5, 15].includes(asked) ? asked : fullDepth }
}

/** The `result` of LIST_SUBSCRIPTIONS: items of equal type and level together, full keys. */
export function listItems(
  set: ItemSet,
  listCodes: ExchangeSwitches['listCodes'],
): readonly { type: string; codes: string[]; level?: number }[] {
  const groups = new Map<string, { type: string; codes: string[]; level?: number }>()
  for (const { type, code, level, depth } of [...set.values()].flat()) {
    const key = itemKey(type, String(level))
    let group = groups.get(key)
    if (group === undefined) {
      group = { type, codes: [], ...(type === 'orderbook' ? { level } : {}) }
      groups.set(key, group)
    }
    group.codes.push(listCodes === 'with-suffix' && depth !== fullDepth ? `${code}.${depth}` : code)
  }
  return [...groups.values()]
}
