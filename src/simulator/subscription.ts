/**
 * What one connection is subscribed to. A message replaces all of it, whatever its ticket and types; what the old
 * set had beyond the new one lingers for a moment, since up to two frames of it were seen after a replacement.
 */
import { combinationKey } from './combination'
import type { RequestedIndicator } from './request-indicator'
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
  /** Of indicators and their signals, with the key of both. */
  readonly timeframe?: string
  readonly indicator?: RequestedIndicator
  readonly combination?: string
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
  for (const item of items.flatMap(subscribedItems)) {
    const key = itemKey(item.type, item.code)
    // Every combination of an indicator is a stream of its own, and each is there once.
    const keeps = (other: SubscribedItem): boolean =>
      other.combination === item.combination ? duplicateItem === 'both' : item.combination !== undefined
    set.set(key, [...(set.get(key) ?? []).filter(keeps), item])
  }
  return set
}

function subscribedItems(item: RequestedItem): readonly SubscribedItem[] {
  const { type, timeframe = '', indicators } = item
  const hasSnapshot = endpointOfType(type) === 'public'
  const codes = hasSnapshot || item.codes.length > 0 ? item.codes : [everyCode]
  return codes.flatMap((requested) => {
    const { code, depth } = splitDepth(type, requested)
    const subscribed: SubscribedItem = {
      type,
      code,
      level: type === 'orderbook' ? item.level : 0,
      depth,
      ...(item.categories === undefined ? {} : { categories: item.categories }),
      withBody: item.includeBody === true,
      hasSnapshot,
      onlySnapshot: item.onlySnapshot,
      onlyRealtime: item.onlyRealtime,
      live: item.onlyRealtime || !hasSnapshot,
    }
    if (indicators === undefined) return [subscribed]
    return indicators.map((indicator) => ({
      ...subscribed,
      timeframe,
      indicator,
      combination: combinationKey(timeframe, indicator),
    }))
  })
}

/** `KRW-BTC.15` asks for 15 levels; any number but 1, 5 and 15 gets the full window. Other types have no suffix. */
function splitDepth(type: string, requested: string): { code: string; depth: number } {
  const suffix = type === 'orderbook' ? /^(.+)\.(\d+)$/.exec(requested) : null
  if (suffix === null) return { code: requested, depth: fullDepth }
  const asked = Number(suffix[2])
  return { code: suffix[1] as string, depth: [1, 5, 15].includes(asked) ? asked : fullDepth }
}
