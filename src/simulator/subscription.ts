/**
 * What one connection is subscribed to. A message replaces all of it, whatever its ticket and types; what the old
 * set had beyond the new one lingers for a moment, since up to two frames of it were seen after a replacement.
 */
import type { RequestedItem } from './request-item'
import { fullDepth } from './broadcast'
import { endpointOfType } from './endpoint'
import type { ExchangeSwitches } from './switches'

/** One stream that a connection wants. */
export interface SubscribedItem {
  readonly type: string
  /** Empty where the type knows no codes, and for `myOrder` of every market. */
  readonly code: string
  readonly level: number
  readonly depth: number
  /** Of announcements; absent for all. */
  readonly categories?: readonly string[]
  /** Whether announcements come with their text. */
  readonly withBody: boolean
  /** Whether its type has SNAPSHOTs: those of the public endpoint. */
  readonly hasSnapshot: boolean
  readonly onlySnapshot: boolean
  readonly onlyRealtime: boolean
  /** `false` until its SNAPSHOT is out: the market's REALTIME frames never come before it. */
  live: boolean
}

/** What a connection wants of one (type, code); more than one only under `duplicateItem: 'both'`. */
export type ItemSet = ReadonlyMap<string, readonly SubscribedItem[]>

/** The code of a subscription that names none. */
export const everyCode = ''

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
    const hasSnapshot = endpointOfType(item.type) === 'public'
    for (const requested of hasSnapshot || item.codes.length > 0 ? item.codes : [everyCode]) {
      const { code, depth } = splitDepth(item.type, requested)
      const key = itemKey(item.type, code)
      const subscribed: SubscribedItem = {
        type: item.type,
        code,
        level: item.type === 'orderbook' ? item.level : 0,
        depth,
        ...(item.categories === undefined ? {} : { categories: item.categories }),
        withBody: item.includeBody === true,
        hasSnapshot,
        onlySnapshot: item.onlySnapshot,
        onlyRealtime: item.onlyRealtime,
        live: item.onlyRealtime || !hasSnapshot,
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
