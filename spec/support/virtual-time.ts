/** Time in a spec's hands: nothing happens until the spec lets it pass, and then everything that is due does, in order. */
import { VirtualTimeScheduler } from 'rxjs'
import type { Environment } from '../../src/base/environment'
import { schedulerEnvironment } from '../../src/base/scheduler-environment'

export interface VirtualTime {
  readonly scheduler: VirtualTimeScheduler
  readonly environment: Environment
  /** Milliseconds since the beginning. */
  readonly nowMs: number
  /** Lets so many milliseconds pass, those due at their very end included. */
  pass(durationMs: number): void
  /** Does `work` when so many milliseconds have passed since the beginning. */
  at(atMs: number, work: () => void): void
}

export function virtualTime(seed: number | string = 1): VirtualTime {
  const scheduler = new VirtualTimeScheduler()
  return {
    scheduler,
    environment: schedulerEnvironment(scheduler, seed),
    get nowMs() {
      return scheduler.frame
    },
    pass(durationMs) {
      const untilMs = scheduler.frame + durationMs
      scheduler.maxFrames = untilMs
      scheduler.flush()
      scheduler.frame = untilMs
    },
    at: (atMs, work) => void scheduler.schedule(work, atMs - scheduler.frame),
  }
}
