/**
 * When the account is looked at because a frame could not be read, or one that is due may never come: soon after the first,
 * and at intervals while they go on, since a look must not be ended by the next of them, nor cost a call each.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../../base/environment'
import { steadyClock } from '../../base/steady-clock'

const afterMs = 1000
const everyMs = 30_000

export class PacedLooks {
  private readonly now: () => number
  private lookedAtMs = -Infinity
  private timer: Subscription | undefined
  private isCertain = false
  /** By what may be missing, whether it still is. */
  private readonly doubts = new Map<string, () => boolean>()

  constructor(
    private readonly environment: Environment,
    private readonly look: () => void,
  ) {
    this.now = steadyClock(environment)
  }

  /** Something is missing: a look comes, if none is due. */
  missed(): void {
    this.isCertain = true
    this.wait()
  }

  /** Something may be missing: a look comes, but only where it still `isMissing` then. */
  maybeMissed(what: string, isMissing: () => boolean): void {
    this.doubts.set(what, isMissing)
    this.wait()
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.timer?.unsubscribe()
    this.timer = undefined
    this.clear()
  }

  private wait(): void {
    if (this.timer !== undefined) return
    const delayMs = Math.max(afterMs, this.lookedAtMs + everyMs - this.now())
    this.timer = this.environment.timer$(delayMs, { referenced: false }).subscribe(() => {
      this.timer = undefined
      const isMissing = this.isCertain || [...this.doubts.values()].some((isStillMissing) => isStillMissing())
      this.clear()
      if (!isMissing) return
      this.lookedAtMs = this.now()
      this.look()
    })
  }

  private clear(): void {
    this.isCertain = false
    this.doubts.clear()
  }
}
