/**
 * A first-in-first-out queue in a circular array: push, shift and peek in constant time, no shifting of elements.
 * Every element has a *position*, counted from the first ever pushed and never reset, so that other parts can remember
 * a place in the queue while its elements come and go.
 */

const smallest = 16
/** An emptied ring larger than this gives its array back: one burst must not pin memory for good. */
const largestKept = 1024

export class Ring<T> {
  /** None before the first push: most consumers never queue anything. */
  #slots: (T | undefined)[] = []
  #mask = -1
  #head = 0
  #tail = 0

  get size(): number {
    return this.#tail - this.#head
  }

  /** The position of the oldest element; equal to `tail` when there is none. */
  get head(): number {
    return this.#head
  }

  /** The position that the next element will get. */
  get tail(): number {
    return this.#tail
  }

  push(item: T): void {
    if (this.size > this.#mask) this.#grow()
    this.#slots[this.#tail++ & this.#mask] = item
  }

  peek(): T | undefined {
    return this.#head === this.#tail ? undefined : this.#slots[this.#head & this.#mask]
  }

  /** Takes the oldest element. Only for a ring that has one. */
  shift(): T {
    const index = this.#head++ & this.#mask
    const item = this.#slots[index] as T
    this.#slots[index] = undefined
    if (this.#head === this.#tail && this.#mask >= largestKept) this.#allocate(smallest)
    return item
  }

  /** Visits every element, the oldest first. */
  forEach(visit: (item: T) => void): void {
    for (let at = this.#head; at < this.#tail; at++) visit(this.#slots[at & this.#mask] as T)
  }

  /** Forgets every element; positions go on. */
  clear(): void {
    this.#head = this.#tail
    this.#allocate(0)
  }

  #grow(): void {
    const old = this.#slots
    const oldMask = this.#mask
    this.#allocate(Math.max(smallest, old.length * 2))
    for (let at = this.#head; at < this.#tail; at++) this.#slots[at & this.#mask] = old[at & oldMask]
  }

  #allocate(length: number): void {
    this.#slots = new Array<T | undefined>(length)
    this.#mask = length - 1
  }
}
