/** Public data and an account have connections of their own: what happens to one is nothing to the other. */
import type { AccountReport } from './account/account-report'
import type { KnownGaps } from './known-gaps'
import type { Side } from './rounds'
import type { Violations } from './violations'
import type { World } from './world'

/** What only a fault makes more of, so far. */
export interface Touched {
  readonly atMs: number
  readonly publicDials: number
  readonly privateDials: number
  /** Of a whole stream; those of a consumer's own buffer are its own. */
  readonly publicGaps: number
  readonly privateGaps: number
  /** Events of the account that its socket did not bring. */
  readonly byRest: number
}

/** A token's life is 120 s, and a connection is renewed before 80 % of it: a dial that is no sign of a fault. */
const renewedAfterMs = 90_000

export function touchedSoFar(
  { exchange, environment }: World,
  gaps: KnownGaps,
  { byRest }: AccountReport,
): Touched {
  const ofStreams = gaps.all.filter(({ consumer }) => consumer === undefined)
  const privateGaps = ofStreams.filter(({ event }) => event === 'myOrder' || event === 'myAsset').length
  return {
    atMs: environment.now(),
    publicDials: exchange.dials.length,
    privateDials: exchange.private.dials.length,
    publicGaps: ofStreams.length - privateGaps,
    privateGaps,
    byRest,
  }
}

/** `side` is what was broken between the two. */
export function judgeUntouched(side: Side, before: Touched, after: Touched, violations: Violations): void {
  const same = (what: string, one: number, other: number): void => {
    if (one !== other)
      violations.add('C12', `only the ${side} side was broken, and ${what}: ${other - one} more`)
  }
  if (side === 'account') {
    same('the public connection was dialled', before.publicDials, after.publicDials)
    same('public streams had gaps', before.publicGaps, after.publicGaps)
  } else if (side === 'public') {
    const renewals = 1 + Math.floor((after.atMs - before.atMs) / renewedAfterMs)
    const dials = after.privateDials - before.privateDials
    if (dials > renewals)
      violations.add('C12', `only the public side was broken, and ${dials} private dials came`)
    same('private streams had gaps', before.privateGaps, after.privateGaps)
    same('events of the account came by REST', before.byRest, after.byRest)
  }
}
