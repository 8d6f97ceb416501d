/** What there is of a private connection's line, and what its status is to whoever asks. */
import type { Observable } from 'rxjs'
import { BehaviorSubject, combineLatest, distinctUntilChanged, map } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { UpbitError } from '../../base/errors'
import { steadyClock } from '../../base/steady-clock'
import type { Connection } from '../../connection/connection'
import type { PrivateEvent } from '../../protocol/private-events'
import type { PrivateStatus } from '../../channels/account-view'
import type { Line } from '../supply/account-supply'
import type { AccountSubject } from '../ledger/account-subject'
import { accountSubjects } from '../ledger/account-subject'

export interface PrivateLinePorts {
  readonly environment: Environment
  readonly connection: Pick<Connection<PrivateEvent>, 'status' | 'status$'>
  /** How long a socket may be away before its place counts as taken, ms. */
  readonly pollAfterMs: number
}

export class PrivateLine {
  private readonly lineSubject = new BehaviorSubject<Line>('off')
  readonly line$: Observable<Line> = this.lineSubject.asObservable()
  /** How often a look at each was asked for. */
  private readonly looks = new Map<AccountSubject, number>()
  /** Why neither the socket nor REST lets the credentials in, for all that is wanted. */
  private readonly refusalSubject = new BehaviorSubject<UpbitError | undefined>(undefined)
  /** Since when it is polled: REST answers, and is all that there is. */
  private readonly pollingSubject = new BehaviorSubject<number | undefined>(undefined)
  /** Whose newest poll succeeded. */
  private readonly polledSubjects = new Set<AccountSubject>()
  private startedMs = 0
  private readonly now: () => number

  constructor(private readonly ports: PrivateLinePorts) {
    this.now = steadyClock(ports.environment)
  }

  get line(): Line {
    return this.lineSubject.value
  }

  get status$(): Observable<PrivateStatus> {
    const { connection } = this.ports
    return combineLatest([
      connection.status$,
      this.lineSubject,
      this.refusalSubject,
      this.pollingSubject,
    ]).pipe(
      map(() => this.status),
      distinctUntilChanged((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    )
  }

  get status(): PrivateStatus {
    const refusal = this.refusalSubject.value
    if (refusal !== undefined) return { state: 'refused', reason: refusal.serverName ?? refusal.message }
    const { status } = this.ports.connection
    // While it lingers too: whoever comes now finds it so.
    if (status.state === 'live') return { state: 'live', epoch: status.epoch, since: status.since }
    const { line } = this
    const since = this.pollingSubject.value
    if (since !== undefined)
      return { state: 'polling', reason: line === 'refused' ? 'refused' : 'down', since }
    // A linger that ends is told by the connection first.
    const isOver =
      line === 'off' || (line === 'live' && (status.state === 'idle' || status.state === 'closed'))
    return { state: isOver ? 'off' : 'connecting' }
  }

  /**
   * The line as it is for a subject, by `lineOf`: each emission of a live one asks for a look at it, so that none comes where
   * only others are asked for, and a look that is under way goes on.
   */
  of$(subject: AccountSubject, lineOf: (line: Line) => Line): Observable<Line> {
    return this.line$.pipe(
      map((line) => ({ line: lineOf(line), looks: this.looks.get(subject) })),
      distinctUntilChanged(
        (before, now) => now.line === 'live' && before.line === 'live' && before.looks === now.looks,
      ),
      map(({ line }) => line),
    )
  }

  /** The line is live, and these are looked at. */
  look(subjects: readonly AccountSubject[] = accountSubjects): void {
    for (const subject of subjects) this.looks.set(subject, (this.looks.get(subject) ?? 0) + 1)
    this.become('live')
  }

  become(line: Line): void {
    if (line === 'starting') this.startedMs = this.now()
    if (line === 'live' || line === 'off') {
      this.polledSubjects.clear()
      this.pollingSubject.next(undefined)
    }
    this.lineSubject.next(line)
  }

  /** The account was polled for this just now, or could not be. */
  polled(subject: AccountSubject, isOk: boolean): void {
    const { environment, pollAfterMs } = this.ports
    const { line } = this
    if (line === 'live' || line === 'off') return
    // At the start it is looked at at once; the socket is hardly later.
    if (line === 'starting' && this.now() - this.startedMs < pollAfterMs) return
    if (isOk) this.polledSubjects.add(subject)
    else this.polledSubjects.delete(subject)
    const since =
      this.polledSubjects.size === 0 ? undefined : (this.pollingSubject.value ?? environment.now())
    this.pollingSubject.next(since)
  }

  /** `undefined`: they are let in, as far as is known. */
  refuse(error: UpbitError | undefined): void {
    this.refusalSubject.next(error)
  }
}
