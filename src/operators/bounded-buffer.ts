/**
 * `boundedBuffer`: a buffer between a fast source and a consumer that says when it is ready, with a bound, a policy for
 * the moment when it is full, and an exact account. A thin shell of notifications around `Delivery`.
 */
/* eslint-disable rxjs-x/finnish -- `ready` and `work` name a role, and an Observable is one of its four forms */
import { from, isObservable, Observable, Subject, Subscription, takeUntil } from 'rxjs'
import type { MonoTypeOperatorFunction, ObservableInput, SchedulerLike, Subscriber } from 'rxjs'
import { checkBufferOptions, clockOf, type BufferOptions } from './buffer-options'
import { Delivery } from './delivery'
import { invalidOption } from '../base/invalid-option'

/** What the consumer does with a value. It is ready for the next one when this has completed, resolved or returned. */
export interface Work<T> {
  /** Called for one value at a time. */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a synchronous function is work too
  readonly work: (value: T) => ObservableInput<unknown> | PromiseLike<unknown> | void
}

/** Options of `boundedBuffer`. */
export interface BoundedBufferOptions<T> extends BufferOptions<T> {
  /**
   * When the consumer takes values.
   *
   * - `'always'` (default): at once; only a value that comes while another is being emitted waits.
   * - a scheduler: all that waits, in one turn of it.
   * - an Observable: all that waits, at each of its emissions; at once after it has completed.
   * - `{ work }`: one value at a time, each when the work for the one before has completed.
   */
  readonly ready?: 'always' | SchedulerLike | Observable<unknown> | Work<T>
}

/**
 * Emits the values of the source when the consumer is ready for them; until then it holds at most `capacity` of them.
 *
 * Emits in the order of arrival (under `'coalesce'`: of the arrival of keys), all that waits at each readiness, or one at
 * a time with `{ work }`. A value offered from inside the consumer is emitted after the current one.
 * Drops by the policy of `overflow`, and what has waited longer than `maxAgeMs`; `onDrop` sees each value.
 * Completes when the source has completed and what waits has been emitted and worked on.
 * Errors with the source's error after what waits; with `BUFFER_OVERFLOW` under `overflow: 'error'`, after what waits,
 * the source being left at once; and immediately, without what waits, with what `work`, `keyOf`, `onDrop` or the
 * notifier fails with. Wrong options throw `INVALID_OPTION` at the call.
 * Unsubscribing leaves the source, stops running work and discards what waits.
 *
 *     source   1-2-3-4-5-------|
 *     ready    ----x------x----
 *              boundedBuffer({ capacity: 2, overflow: 'drop-oldest', ready })
 *     result   ----(23)---(45)-|     1 was dropped
 *
 * @example
 * ```ts
 * import { boundedBuffer } from 'upbit-rx/operators'
 * import { interval } from 'rxjs'
 *
 * interval(10)
 *   .pipe(boundedBuffer({ capacity: 100, overflow: 'drop-oldest', ready: { work: (n) => fetch(`/save/${n}`) } }))
 *   .subscribe()
 * ```
 */
export function boundedBuffer<T>(options: BoundedBufferOptions<T>): MonoTypeOperatorFunction<T> {
  checkBufferOptions(options, ['ready'])
  checkReady(options.ready)
  return (source) => new Observable<T>((subscriber) => connect(source, subscriber, options))
}

function connect<T>(
  source: Observable<T>,
  subscriber: Subscriber<T>,
  options: BoundedBufferOptions<T>,
): void {
  const leaveSubject = new Subject<void>()
  const running = new Subscription()
  /** Asked anew each time: an emission may end us, and so may the work. */
  const over = (): boolean => subscriber.closed
  const fail = (error: unknown): void => subscriber.error(error)
  let sourceError: { readonly error: unknown } | undefined
  const ready = options.ready ?? 'always'
  const work = isWork(ready) ? ready.work : undefined

  const delivery = new Delivery<T>({
    capacity: options.capacity,
    overflow: options.overflow,
    keyOf: options.keyOf,
    ready: isWork(ready) ? 'always' : ready,
    maxAgeMs: options.maxAgeMs,
    now: clockOf(options),
    deliver: (value) => {
      subscriber.next(value)
      if (work === undefined || over()) return undefined
      const result = work(value)
      return result === undefined || over() ? undefined : completion(result, running)
    },
    onDrop: (value, reason) => {
      // The end is certain from here on, and an endless synchronous source must be stopped.
      if (options.overflow === 'error' && reason === 'overflow') leaveSubject.next()
      options.onDrop?.(value, reason)
    },
    onFailure: fail,
    onFault: fail,
    onOverflow: fail,
    onDrained: () => {
      if (sourceError === undefined) subscriber.complete()
      else subscriber.error(sourceError.error)
    },
  })
  // Before the source is subscribed: a synchronous source may end us, and then must be left at once.
  subscriber.add(() => {
    delivery.discard(true)
    leaveSubject.next()
    running.unsubscribe()
  })
  try {
    options.onTally?.(() => delivery.tally)
  } catch (error) {
    fail(error)
  }
  if (over()) return
  source.pipe(takeUntil(leaveSubject)).subscribe({
    next: (value) => delivery.offer(value),
    error: (error: unknown) => {
      sourceError = { error }
      delivery.finish()
    },
    complete: () => delivery.finish(),
  })
}

/** A thenable that settles with the work, in the same turn: a promise would add a turn and leave virtual time. */
function completion(work: ObservableInput<unknown>, running: Subscription): object {
  return {
    then: (resolve: () => void, reject: (error: unknown) => void): void => {
      running.add(from(work).subscribe({ complete: resolve, error: reject }))
    },
  }
}

function isWork<T>(ready: NonNullable<BoundedBufferOptions<T>['ready']>): ready is Work<T> {
  return typeof ready === 'object' && 'work' in ready
}

/** `null` is no value of the type, but one that JavaScript passes. */
function checkReady<T>(ready: BoundedBufferOptions<T>['ready'] | null = 'always'): void {
  if (ready === 'always' || isObservable(ready)) return
  if (ready !== null && isWork(ready) && typeof ready.work === 'function') return
  if (ready !== null && typeof ready === 'object' && 'schedule' in ready) return
  throw invalidOption('ready', ready, "'always', a scheduler, an Observable or { work: a function }")
}
