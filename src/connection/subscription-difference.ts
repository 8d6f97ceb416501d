/**
 * What a connection asked for against what the exchange lists (C9.7). Compared without depth suffixes, whose repetition
 * is not documented, and by level only where the answer names one. Source: docs.upbit.com `list-subscriptions`, read
 * 2026-11.
 */
import type { ListedItem } from '../protocol/control'
import type { StreamKey } from '../registry/stream-key'
import { streamKeyId } from '../registry/stream-key'

/** Wildcards, which no code and no level is. */
const anyLevel = '@any'
const anyCode = '*'

/** What is in only one of both: `- ticker KRW-BTC` is not listed, `+ ticker KRW-BTC` was not asked for. */
export function subscriptionDifference(
  keys: Iterable<StreamKey>,
  listed: readonly ListedItem[],
): readonly string[] {
  const missing: string[] = []
  const extra = new Set(listed.flatMap(idsOf))
  const known = new Set(extra)
  for (const { type, code, level, id } of keys) {
    // An exchange that names no codes means all of them.
    const names = [
      id,
      `${type} ${code}${anyLevel}`,
      `${type} ${anyCode}${anyLevel}`,
      streamKeyId(type, anyCode, level),
    ]
    if (!names.some((name) => known.has(name))) missing.push(`- ${id}`)
    for (const name of names) extra.delete(name)
  }
  return [...missing, ...[...extra].map((id) => `+ ${id}`)]
}

function idsOf({ type, codes, level }: ListedItem): string[] {
  const bare = codes.length === 0 ? [anyCode] : codes.map((code) => code.replace(/\.\d+$/, ''))
  return bare.map((code) =>
    level === undefined ? `${type} ${code}${anyLevel}` : streamKeyId(type, code, level),
  )
}
