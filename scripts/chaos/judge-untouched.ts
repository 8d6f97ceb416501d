/** Public data and an account have connections of their own: what happens to one is nothing to the other. */
import type { AccountReport } from './account/account-report'
import type { KnownGap, KnownGaps } from './known-gaps'
import { isPublic } from './known-gaps'
import type { Side } from './rounds'
import type { Violations } from './violations'
import type { World } from './world'

/** What only a fault makes more of, so far. */
export interface Touched {
  readonly atMs: number
  readonly publicDials: number
  readonly privateDials: number
  /** Of a whole stream; those of a consumer's own buffer are its own. */
  readonly publicGaps: readonly KnownGap[]
  readonly privateGaps: readonly KnownGap[]
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
  return {
    atMs: environment.now(),
    publicDials: exchange.dials.length,
    privateDials: exchange.private.dials.length,
    publicGaps: ofStreams.filter(isPublic),
    privateGaps: ofStreams.filter((gap) => !isPublic(gap)),
    byRest,
  }
}

/** `side` is what was broken between the two. */
export function judgeUntouched(side: Side, before: Touched, after: Touched, violations: Violations): void {
  const add = (what: string): void => violations.add('C12', `only the ${side} side was broken, and ${what}`)
  const noMore = (what: string, one: number, other: number): void => {
    if (other > one) add(`${other - one} more ${what}`)
  }
  const noGaps = (one: readonly KnownGap[], other: readonly KnownGap[]): void => {
    for (const { event, code, cause } of other.slice(one.length)) {
      add(`${event} ${code ?? 'of everything'} had a gap (${cause})`)
    }
  }
  if (side === 'account') {
    noMore('public dials came', before.publicDials, after.publicDials)
    noGaps(before.publicGaps, after.publicGaps)
  } else if (side === 'public') {
    const renewals = 1 + Math.floor((after.atMs - before.atMs) / renewedAfterMs)
    noMore('private dials came than renewals', before.privateDials + renewals, after.privateDials)
    noGaps(before.privateGaps, after.privateGaps)
    // After a renewal the account is looked at, and an order may be seen between its making and its announcement.
    noMore('events of the account came by REST', before.byRest + renewals, after.byRest)
  }
}
