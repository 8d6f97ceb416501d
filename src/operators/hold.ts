/**
 * What a `Backlog` has while its order is mended: room for more than its capacity, a stop for all that waits, and what
 * goes ahead of it. Made at the first need; nearly no backlog ever has one.
 */
import { Ring } from './ring'

interface Ahead<T> {
  readonly item: T
  readonly isValue: boolean
}

export class Hold<T> {
  /** Whether only what goes ahead may move. */
  isPaused = false
  /** The last one taken. */
  taken!: Ahead<T>

  readonly #ahead = new Ring<Ahead<T>>()
  #released = 0
  #values = 0
  #capacity = 0
  #isRelaxing = false

  /** Values that go ahead; notices are in no account. */
  get values(): number {
    return this.#values
  }

  get isEmpty(): boolean {
    return this.#ahead.size === 0
  }

  /** From now on so many may wait. */
  stretch(capacity: number): void {
    this.#capacity = capacity
    this.#isRelaxing = false
  }

  /** No more than usual, as soon as no more wait: a capacity that shrank at once would drop what it had let in. */
  relax(): void {
    this.#isRelaxing = true
  }

  /** How many may wait now, when so many do. */
  capacity(usual: number, waiting: number): number {
    if (this.#isRelaxing && waiting <= usual) this.#capacity = 0
    return Math.max(usual, this.#capacity)
  }

  push(item: T, isValue: boolean): void {
    this.#ahead.push({ item, isValue })
    if (isValue) this.#values++
  }

  /** Takes the next one into `taken`, if it may move: all of them may `withAll`. */
  take(withAll: boolean): boolean {
    if (this.#ahead.size === 0) return false
    if (!withAll && this.#ahead.head >= this.#released) return false
    this.taken = this.#ahead.shift()
    if (this.taken.isValue) this.#values--
    return true
  }

  /** What is ahead now may move. */
  release(isForEver = false): void {
    this.#released = isForEver ? Infinity : Math.max(this.#released, this.#ahead.tail)
  }

  clear(): void {
    this.#ahead.clear()
    this.#values = 0
  }
}
