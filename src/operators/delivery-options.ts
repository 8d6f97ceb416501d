/**
 * What a `Delivery` is told at its birth, and the guarded way back: `Callbacks` calls what the options brought and lets
 * nothing that they throw reach the machine, whose account must stay exact.
 */
import type { Overflow } from './overflow'
import type { Ready } from './readiness'
import { rethrowLater } from './rethrow-later'
import type { DropReason, DropRun } from './tally'

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
  /** After the consumer has left: what was in the handler's hands has come back. */
  onLanded?(isFailed: boolean): void
  /** What another callback threw, or the readiness failed with. Default: rethrown as RxJS rethrows unhandled errors. */
  onFault?(error: unknown): void
}

/** Every callback but the handler. What one throws goes to `onFault`. */
export class Callbacks<T> {
  readonly #options: DeliveryOptions<T>

  constructor(options: DeliveryOptions<T>) {
    this.#options = options
  }

  drop(value: T, reason: DropReason): void {
    if (this.#options.onDrop !== undefined) this.call(() => this.#options.onDrop?.(value, reason))
  }

  run(run: DropRun<T>): T | undefined {
    return this.call(() => this.#options.onDropRun?.(run))
  }

  failure(error: unknown, value: T): void {
    this.call(() => this.#options.onFailure?.(error, value))
  }

  overflow(error: unknown): void {
    this.call(() => this.#options.onOverflow?.(error))
  }

  drained(): void {
    this.call(() => this.#options.onDrained?.())
  }

  landed(isFailed: boolean): void {
    this.call(() => this.#options.onLanded?.(isFailed))
  }

  fault(error: unknown): void {
    try {
      if (this.#options.onFault === undefined) rethrowLater(error)
      else this.#options.onFault(error)
    } catch (nested) {
      rethrowLater(nested)
    }
  }

  call<R>(callback: () => R): R | undefined {
    try {
      return callback()
    } catch (error) {
      this.fault(error)
      return undefined
    }
  }
}
