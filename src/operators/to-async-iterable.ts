/**
 * `toAsyncIterable`: a stream as something to `for await` over. The loop's body is the slow consumer, so between the two
 * stands a bounded buffer with the same policies as everywhere else: it is the end of a pipe, made of `Delivery`.
 */
import { Subject, takeUntil, type Observable } from 'rxjs'
import { checkBufferOptions, clockOf, type BufferOptions } from './buffer-options'
import { Delivery } from './delivery'

/** The buffer of the loop; what is left out is the default. */
export type ToAsyncIterableOptions<T> = Partial<BufferOptions<T>>

/** Of the process and not of the module: the ESM and the CommonJS build make sinks that each other knows. */
const brand: unique symbol = Symbol.for('upbit-rx/async-iterable-sink')

/**
 * The end of a pipe: a function from a stream to an async iterator. The brand tells it from an operator, so that a
 * stream type can offer a `pipe` that ends in one; to a plain rxjs stream it is applied: `toAsyncIterable()(stream$)`.
 */
export interface AsyncIterableSink<T> {
  (source: Observable<T>): AsyncIterableIterator<T>
  readonly [brand]: true
}

/**
 * Turns a stream into an async iterator with a bounded buffer between; each application makes one of its own.
 *
 * Subscribes at the first `next()`. Yields the values in order, one for each `next()`; what comes meanwhile waits, up to
 * `capacity` (default 1,024) by the policy `overflow` (default `'drop-oldest'`).
 * Ends when the source has completed and what waits has been taken. Rejects with the source's error after what waits; with
 * `BUFFER_OVERFLOW` under `'error'`, after what waits; at once with what `keyOf` or `onDrop` throws. It is over then.
 * `return()`, which leaving the loop calls, unsubscribes at once and discards what waits. Wrong options throw
 * `INVALID_OPTION` at the call.
 *
 * @example
 * ```ts
 * import { toAsyncIterable } from 'upbit-rx/operators'
 * import { interval } from 'rxjs'
 *
 * for await (const n of toAsyncIterable<number>({ capacity: 100, overflow: 'drop-newest' })(interval(10))) {
 *   if (n > 500) break
 * }
 * ```
 */
export function toAsyncIterable<T>(options: ToAsyncIterableOptions<T> = {}): AsyncIterableSink<T> {
  const complete = { capacity: 1024, overflow: 'drop-oldest' as const, ...options }
  checkBufferOptions(complete)
  const sink = (source: Observable<T>): AsyncIterableIterator<T> => new DeliveredIterator(source, complete)
  return Object.assign(sink, { [brand]: true as const })
}

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void
  reject(error: unknown): void
}

const done = { done: true, value: undefined } as const

class DeliveredIterator<T> implements AsyncIterableIterator<T, undefined> {
  readonly #source$: Observable<T>
  readonly #options: BufferOptions<T>
  readonly #delivery: Delivery<T>
  readonly #waiters: Waiter<T>[] = []
  readonly #leaveSubject = new Subject<void>()
  #state: 'new' | 'running' | 'over' = 'new'
  /** Settles the value in the loop's hands: the loop has come back for the next one. */
  #comeBack: (() => void) | undefined
  /** The error to end with, until a `next()` has taken it. */
  #failure: { readonly error: unknown } | undefined

  constructor(source: Observable<T>, options: BufferOptions<T>) {
    this.#source$ = source
    this.#options = options
    const fail = (error: unknown): void => {
      this.#failure = { error }
      this.#end()
    }
    this.#delivery = new Delivery<T>({
      capacity: options.capacity,
      overflow: options.overflow,
      keyOf: options.keyOf,
      maxAgeMs: options.maxAgeMs,
      now: clockOf(options),
      deliver: (value) => this.#yield(value),
      onDrop: (value, reason) => {
        // The end is certain from here on, and an endless synchronous source must be stopped.
        if (options.overflow === 'error' && reason === 'overflow') this.#leaveSubject.next()
        options.onDrop?.(value, reason)
      },
      onDrained: () => this.#end(),
      onOverflow: fail,
      onFailure: fail,
      onFault: fail,
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject })
      if (this.#state === 'new') this.#start()
      else if (this.#state === 'running') this.#settle()
      else this.#answerAll()
    })
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#failure = undefined
    this.#end()
    return Promise.resolve(done)
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#failure = undefined
    this.#end()
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own, whatever it is
    return Promise.reject(error)
  }

  #start(): void {
    this.#state = 'running'
    try {
      this.#options.onTally?.(() => this.#delivery.tally)
    } catch (error) {
      this.#failure = { error }
      this.#end()
      return
    }
    this.#source$.pipe(takeUntil(this.#leaveSubject)).subscribe({
      next: (value) => this.#delivery.offer(value),
      error: (error: unknown) => {
        this.#failure = { error }
        this.#delivery.finish()
      },
      complete: () => this.#delivery.finish(),
    })
  }

  /** `Delivery` calls this only while a `next()` waits; with the last of them answered, the loop is busy. */
  #yield(value: T): unknown {
    this.#waiters.shift()?.resolve({ done: false, value })
    if (this.#waiters.length > 0) return undefined
    return { then: (resolve: () => void) => (this.#comeBack = resolve) }
  }

  #settle(): void {
    const comeBack = this.#comeBack
    this.#comeBack = undefined
    comeBack?.()
  }

  #end(): void {
    this.#state = 'over'
    // What waits goes first, so that the value in the loop's hands is settled with nothing behind it.
    this.#delivery.discard()
    this.#settle()
    this.#leaveSubject.next()
    this.#answerAll()
  }

  /** The first to ask gets the error, the others the end. */
  #answerAll(): void {
    for (const waiter of this.#waiters.splice(0)) {
      if (this.#failure === undefined) {
        waiter.resolve(done)
      } else {
        waiter.reject(this.#failure.error)
        this.#failure = undefined
      }
    }
  }
}
