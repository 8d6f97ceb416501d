/**
 * Whether a key may see a subject is asked of REST before the socket is asked for it, where that serves others: to a right
 * that the key lacks the socket's answer is to end, with everything that is on it. Both need the same rights
 * (docs.upbit.com, `auth`, read 2026-11), and REST is asked about each subject anyway.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { HeldBack } from '../../channels/held-back'
import type { AccountSubject } from '../ledger/account-subject'
import { keyOf } from './private-endpoint'

/** So long an answer is waited for: whoever asks for events gets them by the socket, whatever becomes of REST. */
const answerWithinMs = 2000

export class Rights {
  private readonly proved = new Set<AccountSubject>()
  private readonly asked = new Map<AccountSubject, Subscription>()

  constructor(
    private readonly environment: Environment,
    private readonly heldBack: Pick<HeldBack, 'hold' | 'release'>,
  ) {}

  /** Whether REST has not answered yet. */
  isAsked(subject: AccountSubject): boolean {
    return this.asked.has(subject)
  }

  /** Somebody is the first to want it, where others are served. */
  ask(subject: AccountSubject): void {
    if (this.proved.has(subject) || this.asked.has(subject)) return
    const wait$ = this.environment.timer$(answerWithinMs, { referenced: false })
    this.asked.set(
      subject,
      wait$.subscribe(() => this.settle(subject)),
    )
    this.heldBack.hold(keyOf[subject].id)
  }

  /** REST let it in. */
  prove(subject: AccountSubject): void {
    this.proved.add(subject)
    this.settle(subject)
  }

  /** REST did not, and nobody wants it any more. */
  refuse(subject: AccountSubject): void {
    this.proved.delete(subject)
    this.settle(subject)
  }

  private settle(subject: AccountSubject): void {
    const wait = this.asked.get(subject)
    if (wait === undefined) return
    this.asked.delete(subject)
    wait.unsubscribe()
    this.heldBack.release(keyOf[subject].id)
  }
}
