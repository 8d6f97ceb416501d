/** The last problems of a manager, without their causes, which may hold anything. */
import type { UpbitError, UpbitErrorDetails } from '../base/errors'

/** A problem that was told on `errors$`, and when. */
export interface RecentError extends Omit<UpbitErrorDetails, 'cause'> {
  readonly at_ms: number
  readonly code: string
  readonly message: string
}

const most = 50
const details = [
  'path',
  'option',
  'consumer',
  'stream',
  'proxy',
  'madeAt',
  'serverName',
  'serverMessage',
  'epoch',
  'nextStep',
] as const satisfies readonly (keyof UpbitErrorDetails)[]

export class RecentErrors {
  private errors: RecentError[] = []

  add(error: UpbitError, nowMs: number): void {
    const told: Omit<UpbitErrorDetails, 'cause'> = Object.fromEntries(
      details.flatMap((name) => (error[name] === undefined ? [] : [[name, error[name]]])),
    )
    const { code, message } = error
    this.errors.push({ at_ms: nowMs, code, message, ...told })
    // Cut by halves: moving all of them up at every one would be felt where a handler fails for every event.
    if (this.errors.length >= 2 * most) this.errors = this.errors.slice(-most)
  }

  /** Oldest first. */
  get rows(): readonly RecentError[] {
    return this.errors.slice(-most)
  }
}
