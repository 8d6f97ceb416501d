/** Who wants what: finds the connections of a (type, code) without asking those that want something else. */
import type { Broadcast } from './broadcast'
import type { ItemSet, SubscribedItem } from './subscription'
import { everyCode, itemKey } from './subscription'

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
    // A market that is gone is so for its data: what an account has there it still hears of.
    if (broadcast.pocketId === undefined && this.silent.has(broadcast.code)) return 0
    let sent = 0
    for (const listener of this.listenersOf(broadcast)) sent += listener.deliver(broadcast, origin)
    return sent
  }

  /** Whether anybody listens to this type of this code, a lingering old set included. */
  wants(type: string, code: string): boolean {
    return this.listeners.has(itemKey(type, code))
  }

  private listenersOf({ type, code }: Broadcast): Iterable<Listener> {
    const ofCode = this.listeners.get(itemKey(type, code))
    const ofAll = type === 'myOrder' ? this.listeners.get(itemKey(type, everyCode)) : undefined
    if (ofCode === undefined || ofAll === undefined) return ofCode ?? ofAll ?? []
    return new Set([...ofCode, ...ofAll])
  }

  /** The items of everyone subscribed to this type of this code. */
  items(type: string, code: string): readonly SubscribedItem[] {
    const key = itemKey(type, code)
    return [...(this.listeners.get(key) ?? [])].flatMap((listener) => listener.items.get(key) ?? [])
  }
}
