/** Writes down what a stream does, with nothing thrown at the test runner. */
import type { Observable, Subscription } from 'rxjs'
import { isUpbitError } from '../../src/base/errors'

export interface Recorder<T> {
  readonly values: T[]
  /** `open` until the stream has completed or errored. */
  readonly end: 'open' | 'complete' | 'error'
  readonly error: unknown
  /** The code of the error that it ended with. */
  readonly errorCode: string | undefined
  readonly subscription: Subscription
}

/** Subscribes to `stream$`; `each` is called inside the delivery of every value. */
export function record<T>(stream$: Observable<T>, each: (value: T) => void = () => {}): Recorder<T> {
  const values: T[] = []
  let end: Recorder<T>['end'] = 'open'
  let error: unknown
  const subscription = stream$.subscribe({
    next: (value) => {
      values.push(value)
      each(value)
    },
    complete: () => (end = 'complete'),
    error: (cause: unknown) => {
      end = 'error'
      error = cause
    },
  })
  return {
    values,
    get end() {
      return end
    },
    get error() {
      return error
    },
    get errorCode() {
      return isUpbitError(error) ? error.code : undefined
    },
    subscription,
  }
}
