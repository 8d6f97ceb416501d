/** Broken promises, as they are found: what, who and when; the first one decides what to look at. */
export interface Violation {
  /** The line of the contract, or what the chaos itself asks. */
  readonly promise: string
  readonly what: string
  /** Since the storm began, ms of the world's time. */
  readonly atMs: number
}

/** More than this of one promise says nothing new. */
const keptPerPromise = 20

export class Violations {
  readonly found: Violation[] = []
  readonly #counts = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(promise: string, what: string): void {
    const count = (this.#counts.get(promise) ?? 0) + 1
    this.#counts.set(promise, count)
    if (count <= keptPerPromise) this.found.push({ promise, what, atMs: this.#now() })
  }

  get count(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }
}
