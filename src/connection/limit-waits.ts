/**
 * How long to wait after an error frame named like a limit (C9.6): the time that it states, else 1 s, or 60 s where it
 * says that we are blocked, doubling with every message in a row that met one. Never sooner than was said before.
 */
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import { statedWaitMs } from '../transport/stated-wait'
import { isBlockError } from './server-error'
import { steadyClock } from '../base/steady-clock'

/** Without a stated time. The exchange counts by the second and the minute: after a minute nothing is left of it. */
const unstatedWait = { firstMs: 1000, longestMs: 60_000 }
const unstatedBlock = { firstMs: 60_000, longestMs: 3_600_000 }

export class LimitWaits {
  private readonly now: () => number
  /** Messages in a row that met a limit. */
  private row = 0
  /** Whether the message sent last is in the row: one message may meet many frames. */
  private isCounted = false
  private untilMs = -Infinity

  constructor(environment: Environment) {
    this.now = steadyClock(environment)
  }

  /** A message goes out: a limit that comes now is its answer. */
  sent(): void {
    this.isCounted = false
  }

  /** A limit was passed. */
  passed(error: ServerError): void {
    if (!this.isCounted) this.row++
    this.isCounted = true
    const { firstMs, longestMs } = isBlockError(error) ? unstatedBlock : unstatedWait
    // A stated nothing is none: it would be a hundred messages a minute.
    const waitMs = statedWaitMs(error.message) || Math.min(firstMs * 2 ** (this.row - 1), longestMs)
    this.untilMs = Math.max(this.untilMs, this.now() + waitMs)
  }

  /** A message was accepted: the next limit is the first again. */
  accepted(): void {
    this.row = 0
    this.isCounted = false
  }

  /** How long it is until the next message may go; 0 when it may. */
  get leftMs(): number {
    return Math.max(0, this.untilMs - this.now())
  }
}
