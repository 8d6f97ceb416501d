/** Finds the open connections that a recorded request could be of, by what they are subscribed to. */
import type { ExchangeConnection } from './exchange-connection'
import type { FeedConnection } from './feed'
import { parseRequest } from './request'
import type { ItemSet } from './subscription'
import { itemSet } from './subscription'
import type { ExchangeSwitches } from './switches'

const encoder = new TextEncoder()

/** Those that are subscribed to any of what `request` asks for; all, where it asks for no stream. */
export function connectionsLike(
  connections: Iterable<ExchangeConnection>,
  request: string | undefined,
  switches: ExchangeSwitches,
): readonly FeedConnection[] {
  const parsed = request === undefined ? undefined : parseRequest(request, switches, 'public')
  const asked = parsed?.kind === 'subscribe' ? itemSet(parsed.items, switches.duplicateItem) : undefined
  return [...connections]
    .filter(({ subscriber }) => asked === undefined || hasCommon(asked, subscriber.items))
    .map((connection) => ({
      // As data comes, in a binary frame.
      raw: (frame) => connection.outbox.raw(typeof frame === 'string' ? encoder.encode(frame) : frame),
      close: (code, reason) => connection.close(code, reason),
      drop: () => connection.drop(),
    }))
}

function hasCommon(asked: ItemSet, items: ItemSet): boolean {
  for (const [key, ofKey] of asked) {
    if (ofKey.some(({ level }) => items.get(key)?.some((item) => item.level === level) === true)) return true
  }
  return false
}
