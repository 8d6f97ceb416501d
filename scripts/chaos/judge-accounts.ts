/** The equations of C6.2, of every consumer and of all connections together. */
import type { Accounting, Tally } from '../../src/index'
import type { Violations } from './violations'

export function judgeTally(name: string, tally: Tally, violations: Violations): void {
  const { offered, delivered, failed, coalesced, dropped, discarded, pending } = tally
  const sum = delivered + failed + coalesced + dropped + discarded + pending
  if (offered !== sum) violations.add('C6.2', `${name}: offered ${offered}, accounted for ${sum}`)
}

export function judgeAccounting(sums: Accounting, violations: Violations): void {
  const equal = (what: string, one: number, other: number): void => {
    if (one !== other) violations.add('C6.2', `${what}: ${one} and ${other}`)
  }
  equal('frames = data + control', sums.frames, sums.data + sums.control)
  equal('data = decoded + rejected', sums.data, sums.decoded + sums.rejected)
  equal(
    'events = routed + duplicate + stale + unrouted',
    sums.events,
    sums.routed + sums.duplicate + sums.stale + sums.unrouted,
  )
  judgeTally('all consumers', sums, violations)
}
