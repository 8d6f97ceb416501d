/**
 * The machine under `boundedBuffer`, `toAsyncIterable` and every consumer of the library: it hands values to one
 * handler, one at a time, queues what the handler cannot take yet, and keeps an exact account.
 *
 * - A synchronous handler with nothing queued costs a call and a few counters: nothing is allocated.
 * - Values arrive in order, whatever is offered from inside a callback: such an offer waits for the current value.
 * - The account of `Tally` holds at any moment, inside every callback too: state changes first, callbacks follow.
 * - What a callback other than the handler throws goes to `onFault` and changes neither the account nor the order.
 */
import { throwError } from 'rxjs'
import { Backlog } from './backlog'
import { overflowError, type Overflow } from './overflow'
import { Readiness, type Ready } from './readiness'
import type { DropReason, DropRun, Tally } from './tally'

export type { Overflow } from './overflow'
export type { Ready } from './readiness'
export type { DropReason, DropRun, Tally } from './tally'

export interface DeliveryOptions<T> {
  /** The handler. When it returns a promise (any thenable), the next value waits until that has settled. */
  deliver(value: T): unknown
  /** Values that may wait, from 1; under `'coalesce'` keys. The value in the handler's hands is not among them. */
  readonly capacity: number
  readonly overflow: Overflow
  /** The key of a value under `'coalesce'`; asked only for a value that has to wait. Default: one key for all. */
  keyOf?(value: T): unknown
  /** Default `'always'`. */
  readonly ready?: Ready
  /** A queued value older than this, when its turn comes, is dropped. Needs `now`. */
  readonly maxAgeMs?: number
  now?(): number
  onDrop?(value: T, reason: DropReason): void
  /**
   * Once for each run of drops, when the place of its first value is reached, or when the consumer leaves before. What
   * it returns is delivered at that place as a notice: no capacity, never dropped, not in the account.
   */
  onDropRun?(run: DropRun<T>): T | undefined
  /** The handler threw or rejected, or `keyOf` threw. */
  onFailure?(error: unknown, value: T): void
  /** Policy `'error'`: once, after the backlog has been delivered. */
  onOverflow?(error: unknown): void
  /** Once, after `finish()`, when the backlog has been delivered and its last promise has settled. */
  onDrained?(): void
  /** What another callback threw, or the readiness failed with. Default: rethrown as RxJS rethrows unhandled errors. */
  onFault?(error: unknown): void
}

/** `overflowed`: the backlog is delivered, then the error; the last three are over. */
type Phase = 'open' | 'finishing' | 'overflowed' | 'drained' | 'failed' | 'left'

/** What is in the handler's hands. */
type Flight = 'none' | 'value' | 'notice'

export class Delivery<T> {
  readonly #options: DeliveryOptions<T>
  readonly #backlog: Backlog<T>
  readonly #readiness: Readiness | undefined
  #always = false
  #phase: Phase = 'open'
  #flight: Flight = 'none'
  /** The number of the promise that is awaited, 0 for none: one that settles twice or too late is told from it. */
  #awaiting = 0
  #awaits = 0
  #moving = false
  #moveAgain = false
  #offered = 0
  #delivered = 0
  #failed = 0
  #coalesced = 0
  #dropped = 0
  #discarded = 0

  constructor(options: DeliveryOptions<T>) {
    this.#options = options
    this.#backlog = new Backlog({
      capacity: options.capacity,
      overflow: options.overflow,
      keyOf: options.keyOf?.bind(options),
      maxAgeMs: options.maxAgeMs,
      now: options.now?.bind(options),
      runs: options.onDropRun !== undefined,
    })
    const ready = options.ready ?? 'always'
    if (ready === 'always') {
      this.#moveAlways()
      return
    }
    this.#readiness = new Readiness(ready, {
      onTurn: () => {
        this.#backlog.release()
        this.#move()
      },
      onAlways: () => this.#moveAlways(),
      onFault: (error) => this.#fault(error),
    })
  }

  get tally(): Tally {
    return {
      offered: this.#offered,
      delivered: this.#delivered,
      failed: this.#failed,
      coalesced: this.#coalesced,
      dropped: this.#dropped,
      discarded: this.#discarded,
      pending: this.#backlog.size + (this.#flight === 'value' ? 1 : 0),
    }
  }

  /** Values that wait, without the one in the handler's hands. */
  get backlog(): number {
    return this.#backlog.size
  }

  /** A value for the consumer: delivered now, queued, coalesced or dropped. Never throws. */
  offer(value: T): void {
    this.#offered++
    if (this.#always && !this.#moving && this.#flight === 'none' && this.#phase === 'open') {
      // Idle, so nothing waits: straight to the handler.
      this.#moving = true
      this.#hand(value, 'value')
      this.#moving = false
      if (this.#moveAgain) this.#move()
    } else if (this.#phase === 'open') {
      this.#enqueue(value)
    } else if (this.#phase === 'overflowed' || this.#phase === 'failed') {
      this.#dropped++
      const ended = this.#phase === 'failed'
      if (!ended) this.#backlog.refuse(value)
      this.#tellDrop(value, 'overflow')
      if (!ended) this.#arrived()
    } else {
      this.#discarded++
    }
  }

  /** A notice in band, behind all that waits: it uses no capacity, is never dropped and is in no account. */
  notice(value: T): void {
    if (this.#phase !== 'open') return
    this.#backlog.notice(value)
    this.#arrived()
  }

  /** No more values will come: what waits is delivered, then `onDrained` is called. */
  finish(): void {
    if (this.#phase !== 'open') return
    this.#phase = 'finishing'
    this.#move()
  }

  /**
   * The consumer leaves: what waits counts as discarded, nothing more is delivered and no end is told. A promise of the
   * handler stays pending until it settles; `cut` says that the caller has stopped that work itself, and it counts as
   * discarded too.
   */
  discard(cut = false): void {
    if (cut && this.#awaiting !== 0) {
      this.#awaiting = 0
      if (this.#flight === 'value') this.#discarded++
      this.#flight = 'none'
    }
    if (this.#phase === 'drained' || this.#phase === 'failed') return
    this.#phase = 'left'
    this.#discarded += this.#backlog.size
    const runs = this.#backlog.clear()
    this.#readiness?.stop()
    for (const run of runs) this.#tellRun(run)
  }

  #enqueue(value: T): void {
    let admission
    try {
      admission = this.#backlog.admit(value)
    } catch (error) {
      this.#failed++
      this.#tellFailure(error, value)
      return
    }
    if (admission === 'coalesced') {
      this.#coalesced++
    } else if (admission === 'displaced') {
      this.#dropped++
      this.#tellDrop(this.#backlog.lost, 'overflow')
    } else if (admission === 'refused') {
      this.#dropped++
      if (this.#options.overflow === 'error') this.#phase = 'overflowed'
      this.#tellDrop(value, 'overflow')
    }
    this.#arrived()
  }

  #arrived(): void {
    if (this.#always) this.#move()
    else this.#readiness?.arrived()
  }

  #moveAlways(): void {
    this.#always = true
    this.#backlog.releaseForever()
    this.#move()
  }

  /** Delivers what may move, until a promise is pending. The only loop: a call from inside it asks for another round. */
  #move(): void {
    if (this.#moving) {
      this.#moveAgain = true
      return
    }
    this.#moving = true
    do {
      this.#moveAgain = false
      while (this.#flight === 'none' && this.#step()) {
        // each step delivers, drops or reports one thing
      }
    } while (this.#moveAgain)
    this.#moving = false
    if (this.#flight === 'none' && this.#backlog.empty) this.#end()
  }

  #step(): boolean {
    const backlog = this.#backlog
    const step = backlog.take()
    if (step === 'nothing') return false
    if (step === 'run') {
      const notice = this.#tellRun(backlog.takenRun)
      if (notice !== undefined && this.#phase !== 'left') this.#hand(notice, 'notice')
    } else if (step === 'expired') {
      this.#dropped++
      this.#tellDrop(backlog.taken, 'expired')
    } else {
      this.#hand(backlog.taken, step)
    }
    return true
  }

  #end(): void {
    if (this.#phase === 'finishing') {
      this.#phase = 'drained'
      this.#readiness?.stop()
      this.#tell(() => this.#options.onDrained?.())
    } else if (this.#phase === 'overflowed') {
      this.#phase = 'failed'
      this.#readiness?.stop()
      this.#tell(() => this.#options.onOverflow?.(overflowError(this.#options.capacity)))
    }
  }

  #hand(item: T, flight: 'value' | 'notice'): void {
    this.#flight = flight
    try {
      const result = this.#options.deliver(item)
      if (isThenable(result)) {
        this.#await(result, item)
        return
      }
    } catch (error) {
      this.#settle(item, true, error)
      return
    }
    this.#flight = 'none'
    if (flight === 'value') this.#delivered++
  }

  /** `then` is called on the result itself: a thenable that settles at once needs no microtask, so virtual time works. */
  #await(result: PromiseLike<unknown>, item: T): void {
    const id = ++this.#awaits
    this.#awaiting = id
    const settle = (failed: boolean, error?: unknown): void => {
      if (id !== this.#awaiting) return
      this.#awaiting = 0
      this.#settle(item, failed, error)
      this.#move()
    }
    try {
      result.then(
        () => settle(false),
        (error: unknown) => settle(true, error),
      )
    } catch (error) {
      settle(true, error)
    }
  }

  #settle(item: T, failed: boolean, error: unknown): void {
    const counted = this.#flight === 'value'
    this.#flight = 'none'
    if (counted && failed) this.#failed++
    else if (counted) this.#delivered++
    if (failed) this.#tellFailure(error, item)
  }

  #tellDrop(value: T, reason: DropReason): void {
    if (this.#options.onDrop === undefined) return
    try {
      this.#options.onDrop(value, reason)
    } catch (error) {
      this.#fault(error)
    }
  }

  #tellRun(run: DropRun<T>): T | undefined {
    try {
      return this.#options.onDropRun?.(run)
    } catch (error) {
      this.#fault(error)
      return undefined
    }
  }

  #tellFailure(error: unknown, value: T): void {
    this.#tell(() => this.#options.onFailure?.(error, value))
  }

  #tell(callback: () => void): void {
    try {
      callback()
    } catch (error) {
      this.#fault(error)
    }
  }

  #fault(error: unknown): void {
    try {
      if (this.#options.onFault === undefined) rethrowLater(error)
      else this.#options.onFault(error)
    } catch (nested) {
      rethrowLater(nested)
    }
  }
}

/** An error notification that nobody observes: RxJS reports it by its own rule, in a later turn. */
function rethrowLater(error: unknown): void {
  throwError(() => error).subscribe()
}

function isThenable(result: unknown): result is PromiseLike<unknown> {
  return (
    typeof result === 'object' && result !== null && typeof (result as { then?: unknown }).then === 'function'
  )
}
