/**
 * `switchEpoch`: each value of the source opens an epoch, and only the newest epoch's values pass. The epoch's number
 * comes from the caller: the index of `switchMap` starts again with each subscription, so it would repeat itself after
 * `share` has reset, and after every `retry` above it.
 */
import { switchMap, type ObservableInput, type ObservedValueOf, type OperatorFunction } from 'rxjs'

/**
 * Maps each value to an inner stream and its epoch, leaves the inner stream before, and mirrors the new one.
 *
 * `nextEpoch` is called once for each value of the source, after the inner stream before has been left and before
 * `project`. Emits what the newest inner stream emits, so no value of an earlier epoch follows one of a later.
 * Completes when the source and the newest inner stream have completed.
 * Errors with the error of either, and with what `project` or `nextEpoch` throws.
 * Unsubscribing leaves both. An inner stream goes on while the source is silent: one that must end with its session has
 * to complete itself.
 *
 *     source   -a----b---|
 *     of a      --1-2-3-4-5
 *     of b           -6|
 *              switchEpoch((name) => streams[name], () => ++epoch)
 *     result   ---1-2-6--|
 *
 * @example
 * ```ts
 * import { switchEpoch } from 'upbit-rx/operators'
 * import { interval, map } from 'rxjs'
 *
 * let epoch = 0
 * const ticks$ = interval(1000).pipe(
 *   switchEpoch(
 *     (session, epoch) => interval(100).pipe(map((tick) => ({ session, epoch, tick }))),
 *     () => ++epoch,
 *   ),
 * )
 * ```
 */
export function switchEpoch<T, O extends ObservableInput<unknown>>(
  project: (value: T, epoch: number) => O,
  nextEpoch: () => number,
): OperatorFunction<T, ObservedValueOf<O>> {
  return switchMap((value: T) => project(value, nextEpoch()))
}
