/**
 * How the order of a `Delivery` is mended: what waits is stopped, something is put before it, and meanwhile more may wait
 * than usual. Made at the first need; nearly no delivery ever has one.
 */
import type { Backlog } from './backlog'

export interface FeedPorts<T> {
  readonly backlog: Backlog<T>
  readonly isOpen: () => boolean
  /** A value goes ahead: one more was offered. */
  readonly inserted: () => void
  readonly turnAway: (value: T) => void
  /** A value is dropped. */
  readonly dropped: (value: T) => void
  /** Something may move, or must ask for its turn. */
  readonly arrived: () => void
  readonly paused: (isPaused: boolean) => void
  /** Calls what the caller gave. */
  readonly call: (callback: () => void) => void
}

export class Feed<T> {
  #onFull: (() => void) | undefined
  #onRoom: (() => void) | undefined

  constructor(private readonly ports: FeedPorts<T>) {}

  /** A value that goes before all that waits: it uses no capacity and is never dropped. */
  insert(value: T): void {
    const { backlog, isOpen, inserted, turnAway, arrived } = this.ports
    if (!isOpen()) {
      turnAway(value)
      return
    }
    inserted()
    backlog.hold.push(value, true)
    arrived()
  }

  /** A notice that goes before all that waits, behind what was inserted. */
  insertNotice(notice: T): void {
    const { backlog, isOpen, arrived } = this.ports
    if (!isOpen()) return
    backlog.hold.push(notice, false)
    arrived()
  }

  /** From now on what waits stands still, and only what is inserted moves. */
  pause(): void {
    const { backlog, isOpen, paused } = this.ports
    if (!isOpen()) return
    backlog.hold.isPaused = true
    paused(true)
  }

  /** What waits moves on. */
  resume(): void {
    const { backlog, paused, arrived } = this.ports
    if (!backlog.isPaused) return
    backlog.hold.isPaused = false
    paused(false)
    arrived()
  }

  /** So many may wait from now on. Before one would be dropped, `onFull` is called, once. */
  stretch(capacity: number, onFull: () => void): void {
    this.#onFull = onFull
    this.ports.backlog.hold.stretch(capacity)
  }

  /** No more than usual may wait, as soon as what waits has become so few. */
  relax(): void {
    this.#onFull = undefined
    this.ports.backlog.hold.relax()
  }

  /**
   * Whether more can be fed without a loss: in a pause, little of what was inserted waits; else at least half of the
   * capacity is free.
   */
  get hasRoom(): boolean {
    return this.ports.backlog.hasRoom
  }

  /** Calls back once, as soon as `hasRoom` is true after a value has moved. */
  whenRoom(onRoom: () => void): void {
    this.#onRoom = onRoom
  }

  /** Drops all that waits, as one run in the place of its first value; what was inserted stays. */
  drop(): void {
    const { backlog, isOpen, dropped } = this.ports
    while (isOpen() && backlog.dropOldest()) dropped(backlog.lost)
  }

  /** A value will be dropped, unless the callback makes room. */
  full(): void {
    const onFull = this.#onFull
    this.#onFull = undefined
    if (onFull !== undefined) this.ports.call(onFull)
  }

  /** Visits the values that wait, the oldest first, but for what was inserted. */
  forEachWaiting(visit: (value: T) => void): void {
    this.ports.backlog.forEach(visit)
  }

  /** Something has moved. */
  moved(): void {
    const onRoom = this.#onRoom
    if (onRoom === undefined || !this.hasRoom) return
    this.#onRoom = undefined
    this.ports.call(onRoom)
  }

  /** Nothing will move any more. */
  stop(): void {
    this.#onFull = undefined
    this.#onRoom = undefined
  }
}
