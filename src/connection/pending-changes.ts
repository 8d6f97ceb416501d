/** What changed and no message carries yet, and when the message that carries it is due. */
import type { DesiredState } from '../registry/desired-state'
import type { Due } from './pacing'
import { dueAt } from './pacing'
import type { SessionMessages } from './session-messages'

export class PendingChanges {
  private addedAtMs: number | undefined
  private removedAtMs: number | undefined

  /** Returns whether that is news: constant time while a message is due anyway. */
  add(change: DesiredState['change'], nowMs: number): boolean {
    const field = change === 'added' ? 'addedAtMs' : 'removedAtMs'
    const isNews = this[field] === undefined
    this[field] ??= nowMs
    return isNews
  }

  /** A message carries them, or nobody wants them any more. */
  clear(): void {
    this.addedAtMs = this.removedAtMs = undefined
  }

  get isPending(): boolean {
    return (this.addedAtMs ?? this.removedAtMs) !== undefined
  }

  /** When the next message is due, or `undefined` where there is nothing to say. */
  due(messages: Pick<SessionMessages, 'waitMs' | 'isScarce' | 'sentAtMs'>, nowMs: number): Due | undefined {
    const { addedAtMs, removedAtMs } = this
    const limitLeftMs = messages.waitMs(addedAtMs !== undefined)
    const { sentAtMs, isScarce } = messages
    return dueAt({ addedAtMs, removedAtMs, sentAtMs, isScarce, limitLeftMs }, nowMs)
  }
}
