/** Time that passes when it is told to: everything that is due happens, in order, and then it is that late. */
import { VirtualTimeScheduler } from 'rxjs'

export class VirtualClock {
  readonly scheduler = new VirtualTimeScheduler()

  pass(durationMs: number): void {
    const untilMs = this.scheduler.frame + durationMs
    this.scheduler.maxFrames = untilMs
    this.scheduler.flush()
    this.scheduler.frame = untilMs
  }

  /** What is still to happen. */
  get waiting(): number {
    return this.scheduler.actions.length
  }
}
