/**
 * Who keeps a Node process alive (C1.6): whoever listens to a connection, and whoever waits for its end. The connection
 * itself does not, dialing, open, waiting or lingering, so that a script ends with its last subscription.
 */
import type { MonoTypeOperatorFunction } from 'rxjs'
import { repeat, using } from 'rxjs'
import type { Environment } from '../base/environment'

/** Any length holds; one of days would carry a test's fake timers away when it runs all that are pending. */
const holdMs = 60_000

/** Mirrors the source, and holds the process while it is subscribed to. */
export function holdProcess<T>(environment: Environment): MonoTypeOperatorFunction<T> {
  return (source) =>
    using(
      () => environment.timer$(holdMs).pipe(repeat()).subscribe(),
      () => source,
    )
}

/** The same environment, with timers that do not hold the process. */
export function unreferenced(environment: Environment): Environment {
  return {
    now: () => environment.now(),
    timer$: (delayMs) => environment.timer$(delayMs, { referenced: false }),
    random: () => environment.random(),
    newId: () => environment.newId(),
  }
}
