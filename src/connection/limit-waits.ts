/**
 * How long to wait after an error frame named like a limit (C9.6): the time that it states, else 1 s, or 60 s where it
 * says that we are blocked, doubling with every one in a row.
 */
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import { statedWaitMs } from '../transport/stated-wait'
import { isBlockError } from './server-error'
import { steadyClock } from './steady-clock'

const firstWaitMs = 1000
const firstBlockMs = 60_000

export class LimitWaits {
  private readonly now: () => number
  private row = 0
  private untilMs = -Infinity

  constructor(environment: Environment) {
    this.now = steadyClock(environment)
  }

  /** A limit was passed. */
  passed(error: ServerError): void {
    const unstatedMs = (isBlockError(error) ? firstBlockMs : firstWaitMs) * 2 ** this.row++
    this.untilMs = this.now() + (statedWaitMs(error.message) ?? unstatedMs)
  }

  /** A message was accepted: the next limit is the first again. */
  accepted(): void {
    this.row = 0
  }

  /** How long it is until the next message may go; 0 when it may. */
  get leftMs(): number {
    return Math.max(0, this.untilMs - this.now())
  }
}
