/**
 * Desired state to the items of one request of the info connection. An item means each of its markets with each of its
 * indicators, so only what has the very same markets goes into one: no combination is asked for that nobody wants, and
 * none twice. The same for any order of commands.
 */
import type { InfoItem } from '../../protocol/private-request'
import type { InfoKey } from './info-key'
import { infoKeyId, keyedOf } from './info-key'

/** Keys that differ by their market, or items that differ by their indicator. */
interface Group {
  readonly first: InfoKey
  readonly codes: string[]
  readonly indicators: InfoKey['indicator'][]
}

export function infoItems(keys: Iterable<InfoKey>): readonly InfoItem[] {
  const ofIndicator = new Map<string, Group>()
  for (const key of [...keys].sort(byId)) {
    const { type, code, timeframe, indicator } = key
    const group = groupOf(ofIndicator, key, infoKeyId(type, '*', timeframe, keyedOf(indicator)))
    group.codes.push(code)
    if (group.first === key) group.indicators.push(indicator)
  }
  const ofMarkets = new Map<string, Group>()
  for (const { first, codes, indicators } of ofIndicator.values()) {
    const { type, timeframe } = first
    const group = groupOf(ofMarkets, first, `${type} ${timeframe} ${codes.join(' ')}`)
    group.indicators.push(...indicators)
    if (group.first === first) group.codes.push(...codes)
  }
  return [...ofMarkets.values()].map(itemOf)
}

function groupOf(groups: Map<string, Group>, first: InfoKey, id: string): Group {
  let group = groups.get(id)
  if (group === undefined) groups.set(id, (group = { first, codes: [], indicators: [] }))
  return group
}

function itemOf({ first: { type, timeframe }, codes, indicators }: Group): InfoItem {
  // Keys of one type have indicators of that type.
  return { type, codes, timeframe, indicators } as InfoItem
}

function byId({ id: one }: InfoKey, { id: other }: InfoKey): number {
  return one < other ? -1 : 1
}
