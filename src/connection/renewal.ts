/**
 * The sockets of a connection whose dials carry a token (C12.1, docs/adr/0018): before the token has lived for 80 % of its
 * life another socket is dialed and made ready beside the one that has the session; then it takes over, and no event is
 * lost. To whoever listens that is one more socket, with no end of the one before.
 *
 * The one before is proved to have been whole: a ping of it, sent when the new one has what is wanted, is answered behind
 * all that came before. Without that proof it may have been dead for as long as a heartbeat takes to see it, and what
 * happened meanwhile would be missing with no gap to say so.
 */
import type { Subscriber } from 'rxjs'
import { forkJoin, map, NEVER, Observable, Subject, Subscription, switchMap, takeUntil, tap } from 'rxjs'
import type { PublicEvent } from '../protocol/events'
import type { Socket, SocketFailure } from '../transport/socket'
import type { ConnectionState } from './connection-state'
import type { DialPorts } from './dial'
import type { EndpointEvent } from './endpoint'
import type { LimitWaits } from './limit-waits'
import { lineProof$ } from './line-proof'
import { RenewalPolicy } from './renewal-policy'
import type { SessionSocket } from './session-socket'
import type { StandbyEnd, StandbyPorts } from './standby'
import { standby$ } from './standby'
import type { Dialed } from './token-dial'
import { tokenDial$ } from './token-dial'

export interface RenewalPorts<E extends EndpointEvent = PublicEvent>
  extends Omit<DialPorts, 'state' | 'priority'>, StandbyPorts<E> {
  readonly state: ConnectionState
  /** What the exchange asked this connection to wait. */
  readonly limits: Pick<LimitWaits, 'leftMs'>
  /** A socket opened, whether or not it will ever have a session. */
  readonly opened: (socket: Socket) => void
  /** Another one has what is wanted, and takes over soon. */
  readonly replacing: () => void
  /** The one with the session ended, and something may be missing; another follows. */
  readonly lost: (failure: SocketFailure) => void
  /** The one with the session ended, and another has whatever comes after it. */
  readonly replaced: (failure: SocketFailure) => void
}

/** A token of some seconds would be nothing but dials; the exchange looks at it at the handshake only. */
const leastMs = 10_000
/** So long both are read: what the one before was sent has come by then. */
const overlapMs = 1000

/** A socket when one opens, and when one has taken over. Errors when the one with the session ends and none takes over. */
export function renewed$<E extends EndpointEvent>(ports: RenewalPorts<E>): Observable<SessionSocket> {
  return new Observable((subscriber) => {
    const renewal = new Renewal(ports, subscriber)
    subscriber.add(() => renewal.end())
    renewal.begin()
  })
}

class Renewal<E extends EndpointEvent> {
  private readonly policy: RenewalPolicy
  /** What has the session, and what ends it. */
  private socket: Socket | undefined
  private session = new Subscription()
  /** The wait for the renewal, or the renewal. */
  private next = new Subscription()
  /** What can take over now. */
  private ready: (Dialed & { readonly socket: SessionSocket }) | undefined
  /** Whether what has the session brought all until the other one could take over. */
  private isWhole = false
  private readonly tookOverSubject = new Subject<void>()

  constructor(
    private readonly ports: RenewalPorts<E>,
    private readonly subscriber: Subscriber<SessionSocket>,
  ) {
    this.policy = new RenewalPolicy(ports)
  }

  begin(): void {
    this.session.add(
      tokenDial$(this.ports).subscribe({
        next: (dialed) => this.serve(dialed),
        error: (failure: SocketFailure) => this.ended(failure),
      }),
    )
  }

  end(): void {
    this.next.unsubscribe()
    this.session.unsubscribe()
  }

  /** This one has the session from now on. */
  private serve({ socket, renewAtMs }: Dialed): void {
    this.socket = socket
    if (renewAtMs !== undefined) this.renewIn(Math.max(leastMs, renewAtMs - this.ports.environment.now()))
    // Last: a virtual socket may end in it.
    this.subscriber.next(socket)
  }

  private renewIn(delayMs: number): void {
    if (this.subscriber.closed) return
    this.next = this.ports.environment.timer$(delayMs).subscribe(() => this.renew())
  }

  private renew(): void {
    const { ports } = this
    const { state, limits } = ports
    if (limits.leftMs > 0) return this.renewIn(limits.leftMs)
    // In place before anything begins: a dial may fail at once.
    const line = (this.next = new Subscription())
    const quiet = { isResuming: true, waiting() {}, dialing: () => state.renewing() }
    line.add(
      tokenDial$({ ...ports, state: quiet })
        .pipe(
          switchMap((dialed) =>
            standby$(dialed.socket, ports).pipe(map((socket) => socket && { ...dialed, socket })),
          ),
          switchMap((ready) => {
            this.ready = ready
            this.isWhole = false
            return ready === undefined ? NEVER : this.overlap$()
          }),
        )
        .subscribe({
          next: () => {
            if (this.isWhole) this.takeOver()
          },
          error: (end: SocketFailure | StandbyEnd) => {
            if (this.session === line) this.ended(end as SocketFailure)
            else this.failed(line, end)
          },
        }),
    )
  }

  /** Emits when both have been read for long enough. */
  private overlap$(): Observable<unknown> {
    const { environment, state, replacing } = this.ports
    replacing()
    const proof$ = lineProof$(this.socket as Socket, state.record, environment)
    return forkJoin([
      environment.timer$(overlapMs),
      proof$.pipe(tap((isWhole) => (this.isWhole = isWhole))),
    ]).pipe(takeUntil(this.tookOverSubject))
  }

  /** What has the session is over. */
  private ended(failure: SocketFailure): void {
    if (this.ready === undefined) return this.subscriber.error(failure)
    if (this.isWhole) this.ports.replaced(failure)
    else this.ports.lost(failure)
    this.takeOver()
  }

  private takeOver(): void {
    const { ready, session } = this
    if (ready === undefined) return
    this.session = this.next
    this.next = new Subscription()
    this.ready = undefined
    this.tookOverSubject.next()
    this.policy.succeeded()
    this.serve(ready)
    // Its session was left by now.
    session.unsubscribe()
  }

  private failed(line: Subscription, end: SocketFailure | StandbyEnd): void {
    this.ready = undefined
    line.unsubscribe()
    this.renewIn(this.policy.failed(end))
  }
}
