/**
 * The machine under `boundedBuffer`, `toAsyncIterable` and every consumer of the library: it hands values to one
 * handler, one at a time, queues what the handler cannot take yet, and keeps an exact account.
 *
 * - A synchronous handler with nothing queued costs a call and a few counters: nothing is allocated.
 * - Values arrive in order, whatever is offered from inside a callback: such an offer waits for the current value.
 * - The account of `Tally` holds at any moment, inside every callback too: state changes first, callbacks follow.
 * - What a callback other than the handler throws goes to `onFault` and changes neither the account nor the order.
 */
import { Backlog } from './backlog'
import { Callbacks, type DeliveryOptions } from './delivery-options'
import { Feed } from './feed'
import { Flight } from './flight'
import { overflowError } from './overflow'
import { Readiness } from './readiness'
import type { Tally } from './tally'

export type { DeliveryOptions } from './delivery-options'
export type { Overflow } from './overflow'
export type { Ready } from './readiness'
export type { DropReason, DropRun, Tally } from './tally'

/** `overflowed`: the backlog is delivered, then the error; the last three are over. */
type Phase = 'open' | 'finishing' | 'overflowed' | 'drained' | 'failed' | 'left'

export class Delivery<T> {
  readonly #options: DeliveryOptions<T>
  readonly #callbacks: Callbacks<T>
  readonly #backlog: Backlog<T>
  readonly #flight: Flight<T>
  readonly #readiness: Readiness | undefined
  /** Whether what comes goes straight to a free handler. */
  #always = false
  /** The same, but for a pause. */
  #readyAlways = false
  #feed: Feed<T> | undefined
  #phase: Phase = 'open'
  #moving = false
  /** Something came while a value went straight to the handler. */
  #moveAgain = false
  #offered = 0
  #delivered = 0
  #failed = 0
  #coalesced = 0
  #dropped = 0
  #discarded = 0

  constructor(options: DeliveryOptions<T>) {
    this.#options = options
    this.#callbacks = new Callbacks(options)
    this.#backlog = new Backlog({
      capacity: options.capacity,
      overflow: options.overflow,
      maxAgeMs: options.maxAgeMs,
      now: options.now?.bind(options),
      runs: options.onDropRun !== undefined,
    })
    this.#flight = new Flight({
      deliver: (item) => options.deliver(item),
      landed: (item, kind, failure) => this.#landed(item, kind === 'value', failure),
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
      onFault: (error) => this.#callbacks.fault(error),
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
      pending: this.#backlog.size + (this.#flight.hasValue ? 1 : 0),
    }
  }

  /** Values that wait, without the one in the handler's hands. */
  get backlog(): number {
    return this.#backlog.size
  }

  /** Whether a value that is offered now has to wait for its turn, or for the handler. */
  get isWaiting(): boolean {
    return this.#phase === 'open' && (!this.#always || this.#moving || !this.#flight.isFree)
  }

  /** A value for the consumer: delivered now, queued, coalesced or dropped. Never throws. */
  offer(value: T): void {
    if (this.#phase !== 'open') {
      this.#turnAway(value)
    } else if (!this.#always || this.#moving || !this.#flight.isFree) {
      this.#enqueue(value)
    } else {
      // Idle, so nothing waits: straight to the handler.
      this.#offered++
      this.#moving = true
      this.#flight.hand(value, 'value')
      this.#moving = false
      if (this.#moveAgain) this.#move()
    }
  }

  /**
   * Goes on for a caller who has handed values to the handler himself, as long as nothing had to wait: so many, and
   * `isHanding` says that the last one is in the handler's hands, so that `returned` or `threw` follows. All of the
   * others were delivered. Before anything else is asked of it.
   */
  takeOver(offered: number, isHanding: boolean): void {
    this.#offered = offered
    this.#delivered = isHanding ? offered - 1 : offered
    if (isHanding) this.#flight.hold()
  }

  /** The handler returned from the value of `takeOver`, perhaps with a promise. */
  returned(value: T, result: unknown): void {
    this.#flight.returned(value, result)
  }

  /** The handler threw at the value of `takeOver`. */
  threw(value: T, error: unknown): void {
    this.#flight.threw(value, error)
  }

  /** A notice in band, behind all that waits: it uses no capacity, is never dropped and is in no account. */
  notice(value: T): void {
    if (this.#phase !== 'open') return
    this.#backlog.notice(value)
    this.#arrived()
  }

  /** How its order is mended. Made at the first need. */
  get feed(): Feed<T> {
    return (this.#feed ??= new Feed<T>({
      backlog: this.#backlog,
      isOpen: () => this.#phase === 'open',
      inserted: () => this.#offered++,
      turnAway: (value) => this.#turnAway(value),
      dropped: (value) => {
        this.#dropped++
        this.#callbacks.drop(value, 'overflow')
      },
      arrived: () => {
        if (this.#readyAlways) this.#move()
        else this.#readiness?.arrived()
      },
      paused: (isPaused) => {
        this.#always = this.#readyAlways && !isPaused
      },
      call: (callback) => this.#callbacks.call(callback),
    }))
  }

  /** No more values will come: what waits is delivered, then `onDrained` is called. Ends a pause. */
  finish(): void {
    if (this.#phase !== 'open') return
    this.#phase = 'finishing'
    this.#feed?.resume()
    this.#move()
  }

  /**
   * The consumer leaves: what waits counts as discarded, nothing more is delivered and no end is told. A promise of the
   * handler stays pending until it settles; `cut` says that the caller has stopped that work itself, and it counts as
   * discarded too.
   */
  discard(cut = false): void {
    if (cut && this.#flight.cut()) this.#discarded++
    if (this.#phase === 'drained' || this.#phase === 'failed') return
    this.#phase = 'left'
    this.#discarded += this.#backlog.size
    const runs = this.#backlog.clear()
    this.#feed?.stop()
    this.#readiness?.stop()
    for (const run of runs) this.#callbacks.run(run)
  }

  #enqueue(value: T): void {
    const { overflow } = this.#options
    let key: unknown
    if (overflow === 'coalesce') {
      try {
        key = this.#options.keyOf?.(value)
      } catch (error) {
        this.#offered++
        this.#failed++
        this.#callbacks.failure(error, value)
        return
      }
      // The key function is the caller's code, and may have ended us.
      if (!this.#isOpen) return this.#turnAway(value)
    }
    if (this.#feed !== undefined && this.#backlog.isFull) {
      this.#feed.full()
      // The callback may have ended us.
      if (!this.#isOpen) return this.#turnAway(value)
    }
    const admission = this.#backlog.admit(value, key)
    this.#offered++
    if (admission === 'coalesced') {
      this.#coalesced++
    } else if (admission === 'displaced') {
      this.#dropped++
      this.#callbacks.drop(this.#backlog.lost, 'overflow')
    } else if (admission === 'refused') {
      this.#dropped++
      if (overflow === 'error') this.#phase = 'overflowed'
      this.#callbacks.drop(value, 'overflow')
    }
    this.#arrived()
  }

  /** A value that comes when no more can be taken in. */
  #turnAway(value: T): void {
    this.#offered++
    if (this.#phase !== 'overflowed' && this.#phase !== 'failed') {
      this.#discarded++
      return
    }
    this.#dropped++
    if (this.#phase === 'overflowed') this.#backlog.refuse(value)
    this.#callbacks.drop(value, 'overflow')
    this.#arrived()
  }

  #arrived(): void {
    if (this.#always) this.#move()
    else this.#readiness?.arrived()
  }

  #moveAlways(): void {
    this.#readyAlways = true
    this.#always = !this.#backlog.isPaused
    this.#backlog.releaseForever()
    this.#move()
  }

  /** Delivers what may move, until a promise is pending. Called from inside a callback it only leaves word. */
  #move(): void {
    if (this.#moving) {
      this.#moveAgain = true
      return
    }
    this.#moving = true
    while (this.#flight.isFree && this.#step()) {
      // Each step delivers, drops or reports one thing; what callbacks bring is seen by the next step.
    }
    this.#moving = false
    this.#moveAgain = false
    if (this.#flight.isFree && this.#backlog.empty) this.#end()
    this.#feed?.moved()
  }

  /** Asked after a callback, which may have ended us: the compiler would hold to what it knew before. */
  get #isOpen(): boolean {
    return this.#phase === 'open'
  }

  #step(): boolean {
    const backlog = this.#backlog
    const step = backlog.take()
    if (step === 'nothing') return false
    if (step === 'run') {
      const notice = this.#callbacks.run(backlog.takenRun)
      if (notice !== undefined && this.#phase !== 'left') this.#flight.hand(notice, 'notice')
    } else if (step === 'expired') {
      this.#dropped++
      this.#callbacks.drop(backlog.taken, 'expired')
    } else {
      this.#flight.hand(backlog.taken, step)
    }
    return true
  }

  #end(): void {
    if (this.#phase === 'finishing') {
      this.#phase = 'drained'
      this.#readiness?.stop()
      this.#callbacks.drained()
    } else if (this.#phase === 'overflowed') {
      this.#phase = 'failed'
      this.#readiness?.stop()
      this.#callbacks.overflow(overflowError(this.#options.capacity))
    }
  }

  #landed(item: T, counts: boolean, failure: { readonly error: unknown } | undefined): void {
    if (counts && failure === undefined) this.#delivered++
    else if (counts) this.#failed++
    if (counts && this.#phase === 'left') this.#callbacks.landed(failure !== undefined)
    // What the report of a failure brings must not overtake what waits already.
    const wasMoving = this.#moving
    this.#moving = true
    if (failure !== undefined) this.#callbacks.failure(failure.error, item)
    this.#moving = wasMoving
    // Within a move the next step follows by itself.
    if (!wasMoving) this.#move()
  }
}
