/** What the private connection carries: what was sent, what of it stands, and what that says of the account's subjects. */
import type { AccountSubject } from '../ledger/account-subject'
import { accountSubjects } from '../ledger/account-subject'
import { keyOf } from './private-endpoint'

export class Carried {
  /** What was accepted last. */
  private acceptedIds: ReadonlySet<string> = new Set()
  /** Of what was accepted, that which was not taken off since: its frames come as long as there is a socket. */
  private liveIds: ReadonlySet<string> = new Set()
  /** What its session was asked for needs a right. */
  needsRight = false

  /** From now on these are asked for. */
  sent(ids: ReadonlySet<string>): void {
    this.liveIds = new Set([...this.liveIds].filter((id) => ids.has(id)))
    this.needsRight = subjectsIn(ids).length > 0
  }

  /** These are accepted; which subjects are among them that were not, or were lost, as where the same set comes once more. */
  accepted(ids: ReadonlySet<string>): readonly AccountSubject[] {
    const before = this.acceptedIds
    this.acceptedIds = this.liveIds = ids
    const added = new Set([...ids].filter((id) => !before.has(id)))
    const isSame = added.size === 0 && ids.size === before.size
    return subjectsIn(isSame ? ids : added)
  }

  /** Whether frames of it come, as long as there is a socket. */
  isLive(subject: AccountSubject): boolean {
    return this.liveIds.has(keyOf[subject].id)
  }
}

export function subjectsIn(ids: ReadonlySet<string>): readonly AccountSubject[] {
  return accountSubjects.filter((subject) => ids.has(keyOf[subject].id))
}
