/**
 * Where an account's events come from besides its socket: after each subscription a reconcile says what was missed, and
 * where there is no socket the account is polled, until a reconcile on the next one has taken over. Both tell what the
 * ledger has not heard of, so what goes from one to the other has no seam.
 */
import type { Observable, Subscription } from 'rxjs'
import { concat, defer, EMPTY, ignoreElements, merge, retry, switchMap, tap } from 'rxjs'
import type { UpbitError } from '../../base/errors'
import { backoffDelayMs } from '../../operators/backoff'
import type { AccountSubject } from '../ledger/account-subject'
import type { PollPorts } from './poll'
import { poll$ } from './poll'
import { reconcile$ } from './reconcile'
import { behindMs } from '../ledger/behind'
import { isRightRefused } from './is-right-refused'
import type { SweepPorts, SweepSummary } from './sweep'
import { unsureBalances$ } from './unsure-balances'

/** What there is of a socket. `live`: what is wanted is subscribed, and each emission of it says so anew. */
export type Line = 'starting' | 'live' | 'down' | 'refused' | 'off'

export interface SupplyPorts extends PollPorts {
  /** Emits the present state first, of the socket for this subject. */
  lineOf$(subject: AccountSubject): Observable<Line>
  /** How long a lost socket may be away before the account is polled, ms. */
  readonly pollAfterMs: number
  readonly pollMs: number
  /**
   * A look at the account is through: nothing of this that happened before is missing any more, unless it was blind, with
   * nothing of before to compare with, or overtaken by another loss, which the next look is for.
   */
  settled(subject: AccountSubject, look: Pick<SweepSummary, 'isBlind' | 'isOvertaken'>): void
  /** It was polled just now, or could not be. */
  polled(subject: AccountSubject, isOk: boolean): void
  /** A call for it was answered: the key may see it. */
  allowed(subject: AccountSubject): void
  /** Neither the socket nor REST lets these credentials in, or REST says that the key has no right to this. */
  refused(subject: AccountSubject, error: UpbitError): void
}

const retries = { baseMs: 1000, maxMs: 30_000, spread: 0.25 }

/** Supplies one subject as long as it is subscribed to. Never emits, never ends. */
function supply$(subject: AccountSubject, ports: SupplyPorts): Observable<never> {
  const { environment, pollAfterMs, pollMs } = ports
  const subjects = [subject]
  const sweepPorts: SweepPorts = { ...ports, calls: watched(ports.calls, () => ports.allowed(subject)) }
  const failed = (error: UpbitError): void =>
    isRightRefused(error) ? ports.refused(subject, error) : ports.failed(error)

  // A look that owns up to be blind does so once, and may not be the one by which a gap ends.
  let wasBlind = false
  const settle = ({ isBlind, isOvertaken }: SweepSummary): void => {
    wasBlind ||= isBlind
    ports.settled(subject, { isBlind: wasBlind, isOvertaken })
    if (!isOvertaken) wasBlind = false
  }

  const polling$ = (told: (error: UpbitError) => void): Observable<never> =>
    poll$(
      {
        ...sweepPorts,
        failed(error) {
          ports.polled(subject, false)
          told(error)
        },
      },
      { pollMs, subjects },
    ).pipe(
      tap((look) => {
        // What a look tells is all that there was to miss.
        settle(look)
        ports.polled(subject, true)
      }),
      ignoreElements(),
    )
  const look$ = reconcile$(sweepPorts, { subjects }).pipe(
    retry({
      delay(error: UpbitError, failures) {
        failed(error)
        return environment.timer$(backoffDelayMs(failures, () => environment.random(), retries))
      },
    }),
  )
  const lastLook$ = look$.pipe(tap(settle), ignoreElements())
  /** One by which no gap ends. */
  const earlyLook$ = look$.pipe(
    tap(({ isBlind }) => (wasBlind ||= isBlind)),
    ignoreElements(),
  )
  let lossesSeen = 0
  // REST may be behind what happened while frames were lost, and no frame tells it later: only what it says when that is over
  // is all.
  const caughtUp$ = defer(() => {
    const losses = ports.ledger.lossesOf(subjects)
    if (losses === lossesSeen) return lastLook$
    const later$ = defer(() => environment.timer$(behindMs, { referenced: false }))
    return concat(earlyLook$, later$.pipe(ignoreElements()), lastLook$).pipe(
      tap({ complete: () => (lossesSeen = losses) }),
    )
  })

  return ports.lineOf$(subject).pipe(
    switchMap((line) => {
      switch (line) {
        case 'live':
          return subject === 'balances' ? merge(caughtUp$, unsureBalances$(ports, earlyLook$)) : caughtUp$
        case 'starting':
          // What there is, sooner than the socket can be told to stand.
          return polling$(failed)
        case 'down':
          return concat(defer(() => environment.timer$(pollAfterMs)).pipe(ignoreElements()), polling$(failed))
        case 'refused':
          return polling$((error) =>
            // Without a status it was not the exchange that refused: a provider gave no token.
            error.code === 'AUTH_REFUSED' && error.status !== undefined
              ? ports.refused(subject, error)
              : failed(error),
          )
        case 'off':
          return EMPTY
      }
    }),
  )
}

/** The same calls, of which `seen` is told each good answer. */
function watched(calls: SweepPorts['calls'], seen: () => void): SweepPorts['calls'] {
  return {
    accounts$: (options) => calls.accounts$(options).pipe(tap(seen)),
    openOrders$: (options) => calls.openOrders$(options).pipe(tap(seen)),
    closedOrders$: (options) => calls.closedOrders$(options).pipe(tap(seen)),
    ordersByIds$: (options) => calls.ordersByIds$(options).pipe(tap(seen)),
    order$: (options) => calls.order$(options).pipe(tap(seen)),
  }
}

/** Supplies what is wanted, each subject by itself: what a key may not see of one costs nothing of the other. */
export class AccountSupply {
  private readonly supplying = new Map<AccountSubject, Subscription>()

  constructor(private readonly ports: SupplyPorts) {}

  /** From now on these are wanted. */
  want(subjects: readonly AccountSubject[]): void {
    for (const [subject, supply] of this.supplying) {
      if (subjects.includes(subject)) continue
      this.supplying.delete(subject)
      supply.unsubscribe()
    }
    for (const subject of subjects) {
      if (!this.supplying.has(subject)) this.supplying.set(subject, supply$(subject, this.ports).subscribe())
    }
  }
}
