/**
 * The probe connection (C9.6): finds out what the exchange refuses without costing the main connection anything. Dialed
 * when there is something to probe, in the same line as every dial, and closed when there is not. A network fault or a
 * limit is no verdict: it dials again, later and later.
 */
import type { Observable } from 'rxjs'
import { defer, ignoreElements, of, retry, switchMap, take, tap, throwError } from 'rxjs'
import { backoffDelayMs } from '../operators/backoff'
import type { PublicEvent } from '../protocol/events'
import type { Socket, SocketFailure } from '../transport/socket'
import { authRefused } from './auth-refused'
import type { ConnectionCounters } from './counters'
import type { DialPorts } from './dial'
import { dial$ } from './dial'
import type { EndpointEvent } from './endpoint'
import { LimitWaits } from './limit-waits'
import type { ProbeEnd, ProbeSessionPorts, ProbeWork } from './probe-session'
import { probeSession$ } from './probe-session'
import { backoff } from './reconnect-policy'
import { isLimitError } from './server-error'
import { steadyClock } from '../base/steady-clock'
import { verdictOn } from './verdict'

export interface ProbePorts<E extends EndpointEvent = PublicEvent>
  extends Omit<DialPorts, 'state' | 'priority'>, Omit<ProbeSessionPorts<E>, 'sent'> {
  readonly counters: Pick<ConnectionCounters, 'dials' | 'probes' | 'messages'>
  /** What the keys of its dials have to be allowed; `undefined` where none are sent. */
  readonly rights: string | undefined
  /** A socket opened. */
  readonly opened: (socket: Socket) => void
}

export class Probe<E extends EndpointEvent = PublicEvent> {
  private readonly now: () => number
  /** Of its own: the exchange counts messages by connection. */
  private readonly limits: LimitWaits
  private dialedAtMs = -Infinity
  /** Ends in a row that were no verdict. */
  private faults = 0

  constructor(private readonly ports: ProbePorts<E>) {
    this.now = steadyClock(ports.environment)
    this.limits = new LimitWaits(ports.environment)
  }

  /** Probes until nothing is left, then completes. Errors with `AUTH_REFUSED`. Unsubscribing closes the connection. */
  run$(work: ProbeWork): Observable<never> {
    const { environment } = this.ports
    return defer(() =>
      environment.timer$(Math.max(0, this.dialedAtMs + work.spacingMs - this.now())).pipe(
        // Who was to be probed may have left meanwhile.
        switchMap(() => (work.isOver ? of(true) : this.session$(work))),
      ),
    ).pipe(retry({ delay: (end) => this.pause$(end as ProbeEnd | SocketFailure) }), take(1), ignoreElements())
  }

  private session$(work: ProbeWork): Observable<true> {
    const { counters, opened, ...ports } = this.ports
    const state = {
      isResuming: false,
      waiting() {},
      dialing: () => {
        this.dialedAtMs = this.now()
        counters.dials++
        counters.probes++
      },
    }
    const sent = (): void => {
      counters.messages++
      this.limits.sent()
    }
    return dial$({ ...ports, state, priority: 'poll' }).pipe(
      tap(opened),
      switchMap((socket) => probeSession$(socket, work, { ...ports, sent })),
    )
  }

  private pause$(end: ProbeEnd | SocketFailure): Observable<unknown> {
    const { environment, dials } = this.ports
    const error = end.kind === 'probe-end' ? end.error : undefined
    const failure: SocketFailure = end.kind === 'probe-end' ? { kind: 'socket-failure', phase: 'open' } : end
    const verdict = verdictOn(failure, error)
    if (verdict.kind === 'auth') return throwError(() => authRefused(this.ports, failure, error))
    if (error !== undefined && !isLimitError(error)) {
      this.faults = 0
      return of(undefined)
    }
    if (error !== undefined) this.limits.passed(error)
    // The line holds every dial of this host back by itself.
    if (verdict.kind === 'blocked') dials.block(verdict.blockMs)
    const leastMs = verdict.kind === 'retry' ? verdict.minDelayMs : 0
    const backoffMs = backoffDelayMs(++this.faults, () => environment.random(), backoff)
    return environment.timer$(Math.round(Math.max(leastMs, backoffMs, this.limits.leftMs)))
  }
}
