/**
 * The values that wait for one consumer, oldest first, in two forms behind one interface: `PlainQueue` keeps every
 * value, `KeyedQueue` the newest of each key at the place where the key first came. All operations take constant time
 * (amortised), at any length.
 */
import { Ring } from './ring'

export interface WaitingQueue<T> {
  /** Values that wait: for `KeyedQueue`, keys. */
  readonly size: number
  /** The position of the oldest value; equal to `tail` when nothing waits. */
  readonly head: number
  /** The position that the next value at the end will get. */
  readonly tail: number
  /** When the oldest value came, as told to `push` or `replace`. */
  readonly oldestAtMs: number
  push(value: T, key: unknown, atMs: number): void
  /** Puts the value in the place of an older one of its key; `false` when there is none. */
  replace(value: T, key: unknown, atMs: number): boolean
  /** From here on nothing is replaced by what comes later: a notice stands at this place. */
  fence(): void
  shift(): T
  /** Visits the values, the oldest first. */
  forEach(visit: (value: T) => void): void
  clear(): void
}

export class PlainQueue<T> implements WaitingQueue<T> {
  readonly #values = new Ring<T>()
  /** Only kept where ages matter: a million numbers are worth saving. */
  readonly #times: Ring<number> | undefined

  constructor(timed: boolean) {
    this.#times = timed ? new Ring<number>() : undefined
  }

  get size(): number {
    return this.#values.size
  }

  get head(): number {
    return this.#values.head
  }

  get tail(): number {
    return this.#values.tail
  }

  get oldestAtMs(): number {
    return this.#times?.peek() ?? 0
  }

  push(value: T, _key: unknown, atMs: number): void {
    this.#values.push(value)
    this.#times?.push(atMs)
  }

  replace(): boolean {
    return false
  }

  fence(): void {
    // Every value keeps its own place anyway.
  }

  shift(): T {
    this.#times?.shift()
    return this.#values.shift()
  }

  forEach(visit: (value: T) => void): void {
    this.#values.forEach(visit)
  }

  clear(): void {
    this.#values.clear()
    this.#times?.clear()
  }
}

interface Slot<T> {
  readonly key: unknown
  readonly position: number
  value: T
  atMs: number
  /** `false`: its value moved to a later place, behind a notice. */
  live: boolean
}

/**
 * The order is kept by a ring of slots and the `Map` is only an index. The map's own insertion order would do in
 * principle, but each look at its first key walks over the holes that deletions left before it.
 */
export class KeyedQueue<T> implements WaitingQueue<T> {
  readonly #slots = new Ring<Slot<T>>()
  readonly #index = new Map<unknown, Slot<T>>()
  #fence = 0

  get size(): number {
    return this.#index.size
  }

  get head(): number {
    return this.#slots.head
  }

  get tail(): number {
    return this.#slots.tail
  }

  get oldestAtMs(): number {
    return this.#slots.peek()?.atMs ?? 0
  }

  push(value: T, key: unknown, atMs: number): void {
    const slot = { key, position: this.#slots.tail, value, atMs, live: true }
    this.#slots.push(slot)
    this.#index.set(key, slot)
  }

  replace(value: T, key: unknown, atMs: number): boolean {
    const slot = this.#index.get(key)
    if (slot === undefined) return false
    if (slot.position >= this.#fence) {
      slot.value = value
      slot.atMs = atMs
      return true
    }
    // A notice stands between: what came after it must not be delivered before it.
    slot.live = false
    this.push(value, key, atMs)
    this.#trim()
    return true
  }

  fence(): void {
    this.#fence = this.#slots.tail
  }

  shift(): T {
    const slot = this.#slots.shift()
    this.#index.delete(slot.key)
    this.#trim()
    return slot.value
  }

  forEach(visit: (value: T) => void): void {
    this.#slots.forEach((slot) => {
      if (slot.live) visit(slot.value)
    })
  }

  clear(): void {
    this.#slots.clear()
    this.#index.clear()
  }

  /** Keeps the oldest slot a live one, so that `head` is the place of a value. */
  #trim(): void {
    while (this.#slots.peek()?.live === false) this.#slots.shift()
  }
}
