/**
 * When a socket that refused credentials which REST takes is dialed again: later and later. What was refused may be a right
 * that one subject alone needs, or a moment's trouble, and neither is for ever.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../../base/environment'

const firstMs = 60_000
/** Not at once: another subject may be refused in the same moment. */
const changedMs = 1000
const longestMs = 600_000

export class Redials {
  private refusals = 0
  private timer: Subscription | undefined

  constructor(
    private readonly environment: Environment,
    private readonly redial: () => void,
  ) {}

  /** The socket refused. */
  refused(): void {
    this.wait(Math.min(firstMs * 2 ** this.refusals++, longestMs))
  }

  /** What may have been to blame is no longer asked for. */
  changed(): void {
    this.refusals = 0
    this.wait(changedMs)
  }

  /** The socket took them. */
  accepted(): void {
    this.refusals = 0
  }

  /** Nobody wants it any more. */
  stop(): void {
    this.timer?.unsubscribe()
  }

  private wait(delayMs: number): void {
    this.timer?.unsubscribe()
    this.timer = this.environment.timer$(delayMs, { referenced: false }).subscribe(() => this.redial())
  }
}
