/** What is known of one session from outside: whether it lives, and what the exchange refused in it. */
import type { ServerError } from '../protocol/control'
import { isLimitError } from './server-error'

export class SessionRecord {
  /** Rises with every frame and every pong. */
  signs = 0
  /** When the last of them came, by the environment's clock. */
  lastSignMs: number
  /**
   * Nothing is missing up to here. After an error frame it stands still: the exchange has ended the streams by then, and
   * still answers pings.
   */
  wholeUntilMs: number
  /** How long the answer to the newest ping that was answered took, ms. */
  roundTripMs: number | undefined
  private pingedAtMs: number | undefined
  /** The error that the session's end has to be laid to. */
  serverError: ServerError | undefined

  constructor(openedAtMs: number) {
    this.lastSignMs = this.wholeUntilMs = openedAtMs
  }

  sign(nowMs: number): void {
    this.signs++
    this.lastSignMs = nowMs
    if (this.serverError === undefined) this.wholeUntilMs = nowMs
  }

  /** A ping goes out. */
  pinged(nowMs: number): void {
    this.pingedAtMs = nowMs
  }

  /** A pong came; returns how long it took, or `undefined` where it answers no ping. */
  answered(nowMs: number): number | undefined {
    const { pingedAtMs } = this
    this.pingedAtMs = undefined
    if (pingedAtMs === undefined || nowMs < pingedAtMs) return undefined
    return (this.roundTripMs = nowMs - pingedAtMs)
  }

  /** An error frame came. A limit may be survived; the first error of another kind is what the session ends of. */
  failed(error: ServerError): void {
    if (this.serverError === undefined || isLimitError(this.serverError)) this.serverError = error
  }

  /** A message was accepted: a limit before it is over. */
  accepted(): void {
    if (this.serverError !== undefined && isLimitError(this.serverError)) this.serverError = undefined
  }
}
