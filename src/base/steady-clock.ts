/**
 * A clock for measuring: the environment's, which is set now and then, must not make a limit or a heartbeat wait for an
 * hour that was taken back. What is told to users stays the environment's.
 */
import type { Environment } from './environment'

/** Milliseconds that never go back: when the environment's clock does, they go on from where they were. */
export function steadyClock(environment: Environment): () => number {
  let lastMs = -Infinity
  let shiftMs = 0
  return () => {
    const nowMs = environment.now() + shiftMs
    if (nowMs < lastMs) shiftMs += lastMs - nowMs
    else lastMs = nowMs
    return lastMs
  }
}
