/** What there is of a private connection's line, and what its status is to whoever asks. */
import type { Observable, Subscription } from 'rxjs'
import { BehaviorSubject, combineLatest, distinctUntilChanged, map } from 'rxjs'
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { Connection } from '../connection/connection'
import type { PrivateEvent } from '../protocol/private-events'
import type { Line } from './account-supply'
import type { PrivateStatus } from '../channels/account-view'

export interface PrivateLinePorts {
  readonly environment: Environment
  readonly connection: Pick<Connection<PrivateEvent>, 'status' | 'status$'>
  /** How long a lost socket may be away before it is polled, ms; `undefined`: it never is. */
  readonly pollAfterMs: number | undefined
}

export class PrivateLine {
  private readonly lineSubject = new BehaviorSubject<Line>('off')
  readonly line$: Observable<Line> = this.lineSubject.asObservable()
  /** Why neither the socket nor REST lets the credentials in, for all that is wanted. */
  private readonly refusalSubject = new BehaviorSubject<UpbitError | undefined>(undefined)
  /** Since when it is polled. */
  private readonly pollingSubject = new BehaviorSubject<number | undefined>(undefined)
  private timer: Subscription | undefined

  constructor(private readonly ports: PrivateLinePorts) {}

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

  become(line: Line): void {
    const { environment, pollAfterMs } = this.ports
    if (line === 'live' || line === 'off') {
      this.timer?.unsubscribe()
      this.pollingSubject.next(undefined)
    } else if (this.pollingSubject.value === undefined && pollAfterMs !== undefined) {
      this.timer?.unsubscribe()
      this.timer = environment
        .timer$(line === 'refused' ? 0 : pollAfterMs, { referenced: false })
        .subscribe(() => this.pollingSubject.next(environment.now()))
    }
    this.lineSubject.next(line)
  }

  /** `undefined`: they are let in, as far as is known. */
  refuse(error: UpbitError | undefined): void {
    this.refusalSubject.next(error)
  }
}
