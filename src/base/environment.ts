/**
 * The one injected port for time and chance. Nothing else in `src/` reads a clock, starts a timer, draws a
 * random number or makes an id (a lint rule), so the same seed gives the same bytes and a test owns time.
 *
 * The port names no rxjs scheduler: rxjs 9 drops them, and a user's scheduler must not become our contract.
 */
import { asyncScheduler, Observable } from 'rxjs'

/** Options of a timer of the `Environment`. */
export interface TimerOptions {
  /** `false`: the timer alone does not keep a Node process alive. Default `true`. */
  readonly referenced?: boolean
}

/** Where the library takes time, chance and ids from (C14.1): the one port to replace for a test. */
export interface Environment {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /**
   * Emits once after `delayMs` milliseconds and completes; unsubscribing clears the timer. Cold. Takes any delay from
   * 0, one of months too; after `Infinity` it never emits.
   */
  timer$(delayMs: number, options?: TimerOptions): Observable<void>
  /** A number in [0, 1). */
  random(): number
  /** An id that is unique in the process, used as request ticket. */
  newId(): string
}

/** The longest delay that a JavaScript timer takes, 24 days; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/**
 * The environment of a running application: rxjs's own asynchronous scheduler, so that a `TestScheduler.run()` or
 * fake timers of the user's move the library's time too, when both use one copy of rxjs.
 */
export const realEnvironment: Environment = {
  now: () => asyncScheduler.now(),
  timer$: (delayMs, options) =>
    new Observable<void>((subscriber) => {
      // A longer wait is several timers; one without an end is none, else virtual time would never come to its own.
      const wait = (leftMs: number): void => {
        if (leftMs === Infinity) return
        const action = asyncScheduler.schedule(
          () => {
            if (leftMs > longestTimerMs) return wait(leftMs - longestTimerMs)
            subscriber.next()
            subscriber.complete()
          },
          Math.min(leftMs, longestTimerMs),
        )
        if (options?.referenced === false) unreference(action)
        subscriber.add(action)
      }
      wait(delayMs)
    }),
  random: () => Math.random(),
  newId: () => {
    // The types call it always there; a page that is neither https nor localhost has none.
    const { crypto }: { crypto: Partial<Crypto> } = globalThis
    return crypto.randomUUID?.() ?? uuidOf(globalThis.crypto.getRandomValues(new Uint8Array(16)))
  },
}

/** Random bytes as a version 4 UUID. */
function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20),
  ].join('-')
}

/**
 * rxjs keeps the timer's handle in the action's `id`, which is public in JavaScript and missing from the types. In
 * Node it is an object with `unref`; in a browser and in virtual time it is a number, and there is nothing to do.
 */
function unreference(action: object): void {
  const { id } = action as { id?: { unref?: () => void } | number }
  if (typeof id === 'object') id.unref?.()
}
