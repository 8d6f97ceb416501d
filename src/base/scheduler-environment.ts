/**
 * An environment whose time is a scheduler's and whose chance is a seed's: a `TestScheduler` or a
 * `VirtualTimeScheduler` then owns every timer of the library and of the simulator.
 *
 * The clock starts at a fixed instant and not at 0: the market's dates and ids would otherwise lie before 1970.
 */
import { Observable } from 'rxjs'
import type { SchedulerLike } from 'rxjs'
import type { Environment } from './environment'
import { seededRandom } from './seeded-random'

/** What `now()` says at a virtual scheduler's time 0: 2026-11-23T00:00:00Z. */
export const virtualStartMs = Date.UTC(2026, 10, 23)

/**
 * An environment driven by `scheduler` alone.
 *
 * @param seed The same seed gives the same random numbers and ids.
 * @param startMs What the clock says at the scheduler's time 0, in ms since the Unix epoch.
 */
export function schedulerEnvironment(
  scheduler: SchedulerLike,
  seed: number | string = 1,
  startMs: number = virtualStartMs,
): Environment {
  return {
    now: () => startMs + scheduler.now(),
    timer$: (delayMs) =>
      new Observable<void>((subscriber) =>
        scheduler.schedule(() => {
          subscriber.next()
          subscriber.complete()
        }, delayMs),
      ),
    ...seededChance(seed),
  }
}

/** The `random` and `newId` of an environment, as functions of a seed. */
export function seededChance(seed: number | string): Pick<Environment, 'random' | 'newId'> {
  const random = seededRandom(`${seed}/chance`)
  const idRandom = seededRandom(`${seed}/ids`)
  const hex = (digits: number): string =>
    Math.floor(idRandom() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  return {
    random,
    newId: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(8)}${hex(4)}`,
  }
}
