/**
 * Repeatable chance for the fuzz. Every case begins anew from the run's seed, the kind of case and its number, so that
 * one case out of a million can be made again alone.
 */
import { hashText } from '../../src/base/seeded-random'

export class Random {
  #state = 0

  /** From here on the numbers are a function of these three alone. */
  begin(seed: number, kind: string, index: number): void {
    this.#state = (mix(seed ^ hashText(kind)) + mix(index)) | 0
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    // An additive step of an odd constant visits all 2^32 states.
    this.#state = (this.#state + 0x9e3779b9) | 0
    return Math.floor(((mix(this.#state) >>> 0) / 0x1_0000_0000) * end)
  }

  /** True once in `times` on the average. */
  once(times: number): boolean {
    return this.below(times) === 0
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to pick from')
    return list[this.below(list.length)] as T
  }

  /** So many decimal digits, the first of them not 0. */
  digits(count: number): string {
    let digits = String(1 + this.below(9))
    while (digits.length < count) digits += String(this.below(10_000)).padStart(4, '0')
    return digits.slice(0, count)
  }
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x21f0aaad)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}
