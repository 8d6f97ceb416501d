/**
 * The real clock, so many times as fast: pings of 30 s and backoffs of as much then happen over real sockets within a
 * run that somebody waits for. Client and exchange share it, so limits are counted in the same time that keeps them.
 */
import type { Environment } from '../../src/base/environment'
import { realEnvironment } from '../../src/base/environment'
import { seededChance } from '../../src/base/scheduler-environment'

export function fastTime(speed: number, seed: number): Environment {
  const startMs = Date.now()
  const startedAt = performance.now()
  return {
    now: () => Math.floor(startMs + (performance.now() - startedAt) * speed),
    timer$: (delayMs, options) => realEnvironment.timer$(delayMs / speed, options),
    ...seededChance(seed),
  }
}
