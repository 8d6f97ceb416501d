/**
 * The one injected port for time and chance. Nothing else in `src/` reads a clock, starts a timer, draws a
 * random number or makes an id (a lint rule), so the same seed gives the same bytes and a test owns time.
 *
 * The port names no rxjs scheduler: rxjs 9 drops them, and a user's scheduler must not become our contract.
 */
import { asyncScheduler, Observable } from 'rxjs'

export interface TimerOptions {
  /** `false`: the timer alone does not keep a Node process alive. Default `true`. */
  readonly referenced?: boolean
}

export interface Environment {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Emits once after `delayMs` milliseconds and completes; unsubscribing clears the timer. Cold. */
  timer$(delayMs: number, options?: TimerOptions): Observable<void>
  /** A number in [0, 1). */
  random(): number
  /** An id that is unique in the process, used as request ticket. */
  newId(): string
}

/**
 * The environment of a running application: rxjs's own asynchronous scheduler, so that a `TestScheduler.run()` or
 * fake timers of the user's move the library's time too, when both use one copy of rxjs.
 */
export const realEnvironment: Environment = {
  now: () => asyncScheduler.now(),
  timer$: (delayMs, options) =>
    new Observable<void>((subscriber) => {
      const action = asyncScheduler.schedule(() => {
        subscriber.next()
        subscriber.complete()
      }, delayMs)
      if (options?.referenced === false) unreference(action)
      return action
    }),
  random: () => Math.random(),
  newId: () => crypto.randomUUID(),
}

/**
 * rxjs keeps the timer's handle in the action's `id`, which is public in JavaScript and missing from the types. In
 * Node it is an object with `unref`; in a browser and in virtual time it is a number, and there is nothing to do.
 */
function unreference(action: object): void {
  const { id } = action as { id?: { unref?: () => void } | number }
  if (typeof id === 'object') id.unref?.()
}
