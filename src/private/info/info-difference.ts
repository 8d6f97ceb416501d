/**
 * What the info connection asked for against what the exchange lists (C9.7). By the values of the parameters, whatever
 * their spelling: 2 and 2.0 are one. Which members an item of the list has is not documented, so what it does not name it
 * means all of.
 */
import type { ListedItem } from '../../protocol/control'
import { indicatorKey } from '../../protocol/param-key'
import type { ListedPrivateItem } from '../../protocol/private-listed'
import { readListed } from '../../protocol/private-listed'
import type { InfoKey } from './info-key'
import { infoKeyId, keyedOf } from './info-key'

/** What is in only one of both: `- indicator KRW-BTC 5m rsi(period=14)` is not listed, with `+` it was not asked for. */
export function infoDifference(keys: readonly InfoKey[], listed: readonly ListedItem[]): readonly string[] {
  const items = listed.map(readListed)
  const wanted = new Set(keys.map(({ id }) => id))
  const missing = keys.filter((key) => !items.some((item) => covers(item, key)))
  const extra = items.flatMap((item) => idsOf(item, keys)).filter((id) => !wanted.has(id))
  return [...missing.map(({ id }) => `- ${id}`), ...[...new Set(extra)].map((id) => `+ ${id}`)]
}

function covers({ type, codes, timeframe, indicators }: ListedPrivateItem, key: InfoKey): boolean {
  const wanted = indicatorKey(keyedOf(key.indicator))
  return (
    type === key.type &&
    (codes.length === 0 || codes.includes(key.code)) &&
    (timeframe === undefined || timeframe === key.timeframe) &&
    (indicators.length === 0 || indicators.some((listed) => indicatorKey(listed) === wanted))
  )
}

/** The entries of an item that names them; of another one its type, unless it has something that is wanted. */
function idsOf(item: ListedPrivateItem, keys: readonly InfoKey[]): readonly string[] {
  const { type, codes, timeframe, indicators } = item
  if (timeframe === undefined || codes.length === 0 || indicators.length === 0) {
    return keys.some((key) => covers(item, key)) ? [] : [type]
  }
  return codes.flatMap((code) => indicators.map((each) => infoKeyId(type, code, timeframe, each)))
}
