/** What the specs of the operators share: a virtual-time runner and a handler whose promises the test settles. */
import { TestScheduler, type RunHelpers } from 'rxjs/testing'

/** Runs marbles in virtual time; rxjs's own timers, and so the real environment's, move with it. */
export function marbles(test: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(test)
}

/** A thenable that settles when the test says so, in the same turn. */
export class ManualWork {
  #resolve: () => void = () => {}
  #reject: (error: unknown) => void = () => {}

  then(resolve: () => void, reject: (error: unknown) => void): void {
    this.#resolve = resolve
    this.#reject = reject
  }

  succeed(): void {
    this.#resolve()
  }

  fail(error: unknown): void {
    this.#reject(error)
  }
}
