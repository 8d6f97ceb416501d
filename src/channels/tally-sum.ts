/** The sum of accounts: of all consumers of a manager, those that have left included (C6.2). */
import type { Tally } from '../operators/delivery'

const fields = ['offered', 'delivered', 'failed', 'coalesced', 'dropped', 'discarded', 'pending'] as const

export class TallySum implements Tally {
  offered = 0
  delivered = 0
  failed = 0
  coalesced = 0
  dropped = 0
  discarded = 0
  pending = 0

  add(tally: Tally): void {
    for (const field of fields) this[field] += tally[field]
  }

  /** One that was pending when it was added has come back from its handler. */
  land(isFailed: boolean): void {
    this.pending--
    if (isFailed) this.failed++
    else this.delivered++
  }
}
