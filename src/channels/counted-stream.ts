/** A stream of the library's own with an account among those of the consumers: what it emits is taken at once. */
import type { MonoTypeOperatorFunction } from 'rxjs'
import { Observable } from 'rxjs'
import type { Counted, Place } from './hub'
import { TallySum } from './tally-sum'

/** Counts it from its subscription to its end; `stop` is called when its owner ends. */
export function countedAs<T>(
  name: string,
  count: (counted: Counted, end: () => void) => Place,
  stop: () => void,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable<T>((subscriber) => {
      const tally = new TallySum()
      const place = count({ name, tally }, stop)
      subscriber.add(() => place.over())
      return source.subscribe({
        next: (value) => {
          tally.offered++
          tally.delivered++
          subscriber.next(value)
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      })
    })
}
