/**
 * What waits for one consumer: values under their overflow policy, and between them the *marks* that use no capacity
 * (notices, and the places of runs of drops). It decides the order and what may move; it counts nothing and calls
 * nobody, so it can be asked from inside any callback. `Delivery` owns one.
 *
 * Marks live apart from the values and remember the position of the value before which they stand. Kept in the same
 * ring they would make "drop the oldest value" a search behind the notices at its front.
 */
import { Hold } from './hold'
import type { Overflow } from './overflow'
import { Ring } from './ring'
import type { DropReason, DropRun } from './tally'
import { KeyedQueue, PlainQueue, type WaitingQueue } from './waiting-queue'

export interface BacklogOptions {
  readonly capacity: number
  readonly overflow: Overflow
  readonly maxAgeMs?: number
  now?(): number
  /** Whether anybody asks for runs of drops. */
  readonly runs: boolean
}

/** What became of a value: for `'displaced'` an older one was dropped, it is in `lost`. */
export type Admission = 'kept' | 'coalesced' | 'displaced' | 'refused'

/** What `take` took: a value or a notice (in `taken`), a value too old (`taken`), a run of drops (`takenRun`). */
export type Step = 'nothing' | 'value' | 'notice' | 'expired' | 'run'

/** So many values may be ahead of a pause: enough for a turn, too few to matter. */
const mostAhead = 256

interface Run<T> extends DropRun<T> {
  readonly position: number
  last: T
  count: number
}

interface Mark<T> {
  readonly position: number
  readonly notice?: T
  readonly run?: Run<T>
}

export class Backlog<T> {
  lost!: T
  taken!: T
  takenRun!: DropRun<T>

  readonly #options: BacklogOptions
  readonly #queue: WaitingQueue<T>
  readonly #marks = new Ring<Mark<T>>()
  /** Runs at the front of the queue, in order. More than one only while their reasons differ. */
  readonly #frontRuns: Run<T>[] = []
  #backRun: Run<T> | undefined
  /** Values before the one position, and marks before the other, may move. */
  #releasedValues = 0
  #releasedMarks = 0
  #hold: Hold<T> | undefined

  constructor(options: BacklogOptions) {
    this.#options = options
    this.#queue =
      options.overflow === 'coalesce'
        ? new KeyedQueue<T>()
        : new PlainQueue<T>(options.maxAgeMs !== undefined)
  }

  /** Values that wait. */
  get size(): number {
    return this.#queue.size + (this.#hold?.values ?? 0)
  }

  get empty(): boolean {
    return (
      this.#queue.size === 0 &&
      this.#marks.size === 0 &&
      this.#frontRuns.length === 0 &&
      this.#hold?.isEmpty !== false
    )
  }

  /** Visits the values that wait, the oldest first, but for what goes ahead. */
  forEach(visit: (value: T) => void): void {
    this.#queue.forEach(visit)
  }

  /** Whether the next value of a new key costs one. */
  get isFull(): boolean {
    return this.#queue.size >= this.#capacity
  }

  /** Whether more can be fed: little has still to go ahead, and, with no stop, at least half of the capacity is free. */
  get hasRoom(): boolean {
    if (this.#hold !== undefined && this.#hold.values >= mostAhead) return false
    return this.#hold?.isPaused === true || this.#queue.size < Math.max(1, this.#options.capacity / 2)
  }

  /** Made at the first need. */
  get hold(): Hold<T> {
    if (this.#hold === undefined) {
      this.#hold = new Hold<T>()
      if (this.#releasedMarks === Infinity) this.#hold.release(true)
    }
    return this.#hold
  }

  /** Whether a stop is in the way of what waits. */
  get isPaused(): boolean {
    return this.#hold?.isPaused === true
  }

  /** Takes a value in, or not; `key` matters under `'coalesce'` only. */
  admit(value: T, key: unknown): Admission {
    const queue = this.#queue
    const { overflow } = this.#options
    const atMs = this.#nowMs()
    if (queue.replace(value, key, atMs)) return 'coalesced'
    if (!this.isFull) {
      queue.push(value, key, atMs)
      return 'kept'
    }
    if (overflow === 'drop-newest' || overflow === 'error') {
      this.refuse(value)
      return 'refused'
    }
    this.dropOldest()
    queue.push(value, key, atMs)
    return 'displaced'
  }

  /** Drops the value that waits longest, into `lost`; whether there was one. */
  dropOldest(): boolean {
    const queue = this.#queue
    if (queue.size === 0) return false
    const position = queue.head
    this.lost = queue.shift()
    this.#dropAtFront(this.lost, position, 'overflow')
    return true
  }

  /** Remembers a value as dropped at the end of the queue. */
  refuse(value: T): void {
    if (!this.#options.runs) return
    const position = this.#queue.tail
    if (this.#backRun?.position === position) {
      this.#backRun.last = value
      this.#backRun.count++
      return
    }
    const run: Run<T> = { first: value, last: value, count: 1, reason: 'overflow', position }
    this.#backRun = run
    this.#marks.push({ position, run })
  }

  notice(notice: T): void {
    this.#queue.fence()
    this.#marks.push({ position: this.#queue.tail, notice })
  }

  /** What waits now may move; what comes later waits for the next release. */
  release(): void {
    this.#releasedValues = this.#queue.tail
    this.#releasedMarks = this.#marks.tail
    this.#hold?.release()
  }

  /** From now on everything may move as soon as it comes. */
  releaseForever(): void {
    this.#releasedValues = Infinity
    this.#releasedMarks = Infinity
    this.#hold?.release(true)
  }

  /** Takes the next thing that may move. */
  take(): Step {
    if (this.#hold !== undefined) {
      // What goes before something that may move may move too: else it would be overtaken, or a turn be lost.
      if (this.#hold.take(this.#frontMayMove)) {
        this.taken = this.#hold.taken.item
        return this.#hold.taken.isValue ? 'value' : 'notice'
      }
      if (this.#hold.isPaused || !this.#hold.isEmpty) return 'nothing'
    }
    const queue = this.#queue
    const run = this.#frontRuns[0]
    if (this.#markIsNext(run?.position ?? queue.head)) return this.#takeMark()
    const movable = queue.size > 0 && queue.head < this.#releasedValues
    if (movable && this.#oldestIsExpired()) {
      const position = queue.head
      this.taken = queue.shift()
      this.#dropAtFront(this.taken, position, 'expired')
      return 'expired'
    }
    // A run of expired values began in this very move, so it ends with it even when nothing more may move, and what
    // stands before it too: the value behind may have been its last.
    if (run !== undefined && (movable || this.#frontRuns.some(({ reason }) => reason === 'expired'))) {
      this.#frontRuns.shift()
      this.takenRun = run
      return 'run'
    }
    if (!movable) return 'nothing'
    this.taken = queue.shift()
    return 'value'
  }

  /** Forgets all; returns the runs whose place was never reached. */
  clear(): DropRun<T>[] {
    const runs: DropRun<T>[] = this.#frontRuns.splice(0)
    while (this.#marks.size > 0) {
      const { run } = this.#marks.shift()
      if (run !== undefined) runs.push(run)
    }
    this.#backRun = undefined
    this.#queue.clear()
    this.#hold?.clear()
    return runs
  }

  get #capacity(): number {
    const { capacity } = this.#options
    return this.#hold?.capacity(capacity, this.#queue.size) ?? capacity
  }

  /** Whether something of the queue may move, if nothing goes ahead of it. */
  get #frontMayMove(): boolean {
    const { head, size } = this.#queue
    return (size > 0 && head < this.#releasedValues) || this.#markIsNext(this.#frontRuns[0]?.position ?? head)
  }

  #markIsNext(place: number): boolean {
    const mark = this.#marks.peek()
    return mark !== undefined && mark.position <= place && this.#marks.head < this.#releasedMarks
  }

  #takeMark(): Step {
    const { notice, run } = this.#marks.shift()
    if (run === undefined) {
      this.taken = notice as T
      return 'notice'
    }
    if (this.#backRun === run) this.#backRun = undefined
    this.takenRun = run
    return 'run'
  }

  #dropAtFront(value: T, position: number, reason: DropReason): void {
    if (!this.#options.runs) return
    const run = this.#frontRuns.at(-1)
    if (run?.reason === reason) {
      run.last = value
      run.count++
    } else {
      this.#frontRuns.push({ first: value, last: value, count: 1, reason, position })
    }
  }

  #oldestIsExpired(): boolean {
    const { maxAgeMs } = this.#options
    return maxAgeMs !== undefined && this.#nowMs() - this.#queue.oldestAtMs > maxAgeMs
  }

  #nowMs(): number {
    return this.#options.maxAgeMs === undefined ? 0 : (this.#options.now?.() ?? 0)
  }
}
