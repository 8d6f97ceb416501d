/** Who wants what: finds the connections of a (type, code) without asking those that want something else. */
import type { Broadcast } from './broadcast'
import type { ItemSet, SubscribedItem } from './subscription'
import { itemKey } from './subscription'

/** A connection, as the audience sees it. */
export interface Listener {
  /** What it is subscribed to now. */
  readonly items: ItemSet
  /** Sends it if it is wanted; says how many frames that made. */
  deliver(broadcast: Broadcast, origin: Origin): number
}

/** Frames of the market wait for the SNAPSHOT of their item; what a test or a recording sends goes at once. */
export type Origin = 'market' | 'direct'

export class Audience {
  /** Codes of which nothing is ever sent. */
  readonly silent = new Set<string>()
  private readonly listeners = new Map<string, Set<Listener>>()

  join(listener: Listener, keys: Iterable<string>): void {
    for (const key of keys) {
      const joined = this.listeners.get(key)
      if (joined === undefined) this.listeners.set(key, new Set([listener]))
      else joined.add(listener)
    }
  }

  leave(listener: Listener, keys: Iterable<string>): void {
    for (const key of keys) {
      const joined = this.listeners.get(key)
      if (joined?.delete(listener) === true && joined.size === 0) this.listeners.delete(key)
    }
  }

  /** Hands it to everyone who may want it; says how many frames were sent. */
  publish(broadcast: Broadcast, origin: Origin): number {
    if (this.silent.has(broadcast.code)) return 0
    const listeners = this.listeners.get(itemKey(broadcast.type, broadcast.code))
    let sent = 0
    if (listeners !== undefined) for (const listener of listeners) sent += listener.deliver(broadcast, origin)
    return sent
  }

  /** Whether anybody listens to this type of this code, a lingering old set included. */
  wants(type: string, code: string): boolean {
    return this.listeners.has(itemKey(type, code))
  }

  /** The items of everyone subscribed to this type of this code. */
  items(type: string, code: string): readonly SubscribedItem[] {
    const key = itemKey(type, code)
    return [...(this.listeners.get(key) ?? [])].flatMap((listener) => listener.items.get(key) ?? [])
  }
}
