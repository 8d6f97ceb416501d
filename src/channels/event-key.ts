/** Which entry an event belongs to. */
import type { PublicEvent } from '../protocol/events'
import { streamKeyId } from '../registry/stream-key'

/** The price grouping of an order book; an absent one, and every other type, is 0 (C9.4). */
export function levelOf(event: PublicEvent): number {
  return 'level' in event ? (event.level ?? 0) : 0
}

/** The id of the event's entry. */
export function keyIdOf(event: PublicEvent): string {
  return streamKeyId(event.type, event.code, levelOf(event))
}
