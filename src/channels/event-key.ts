/** Which entry an event belongs to, and what else routing and order need of it. */
import type { PublicEvent } from '../protocol/events'
import type { AnyType } from '../protocol/wire'
import { streamKeyId } from '../registry/stream-key'

/** A decoded event has it, and so has the frame of a state that is not decoded yet. */
export interface EventHead extends Pick<
  PublicEvent,
  'type' | 'code' | 'epoch' | 'received_at' | 'timestamp' | 'stream_type'
> {
  readonly level?: number
}

/** The price grouping of an order book; an absent one, and every other type, is 0 (C9.4). */
export function levelOf(event: { type: AnyType; level?: number }): number {
  return event.level ?? 0
}

/** The id of the event's entry. */
export function keyIdOf(event: { type: AnyType; code?: string; level?: number }): string {
  return streamKeyId(event.type, event.code ?? '', levelOf(event))
}
