/** One dial: its turn in the process's line, the time it may take, and its failure as data. */
import { defer, finalize, map, Observable, of, Subscription, switchMap, take, throwIfEmpty } from 'rxjs'
import type { Environment } from '../base/environment'
import type { DialLimits, DialTurn } from '../rate-limit/dial-limits'
import type { Priority } from '../rate-limit/priority'
import type { OpenSocket, Socket, SocketFailure, SocketRequest } from '../transport/socket'
import type { ConnectionState } from './connection-state'
import { originLimited } from './origin-limited'
import type { ConnectionReports } from './reports'

/** A dial that has not opened in this time is abandoned (C10.1). */
const openWithinMs = 10_000
/** A socket that is left is gone within this time, as its port promises. */
const goneWithinMs = 1000

/** The headers of one dial. */
export interface DialHeaders {
  readonly headers: Readonly<Record<string, string>>
  /** When they are of no use any more, ms since 1970; without it they always are. */
  readonly expiresAtMs?: number | undefined
}

export interface DialPorts {
  readonly environment: Environment
  readonly openSocket: OpenSocket
  readonly url: string
  readonly host: string
  /** Emits the headers of one dial, and completes; asked anew for each, since no token may come twice. */
  readonly headers$?: Observable<DialHeaders> | undefined
  readonly dials: DialLimits
  /** Default: who has lost what they had goes before who has only come. */
  readonly priority?: Priority
  /** Told when the dial has to wait for its turn, and when it goes out. */
  readonly state: Pick<ConnectionState, 'waiting' | 'dialing' | 'isResuming'>
  readonly reports: Pick<ConnectionReports, 'error'>
}

/** Emits the socket when it opens, errors with a `SocketFailure` when it does not or when it closes. Never completes. */
export function dial$(ports: DialPorts): Observable<Socket> {
  const { environment, openSocket, url, host, headers$, dials, priority, state, reports } = ports
  return defer(() =>
    dials.turn$(priority ?? (state.isResuming ? 'reconnect' : 'subscribe'), ({ delayMs, reason }) => {
      if (reason === 'origin-limit' && dials.isFirstOriginWait()) reports.error(originLimited(host))
      state.waiting(reason, delayMs)
    }),
  ).pipe(
    switchMap((turn) => {
      state.dialing()
      const requests$: Observable<SocketRequest> =
        headers$?.pipe(map(({ headers }) => ({ url, headers }))) ?? of({ url })
      return opening$(requests$, openSocket, environment, turn).pipe(finalize(() => turn.left(goneWithinMs)))
    }),
  )
}

/**
 * The socket, within its time from the request on. Whatever else an adapter or who gives the headers does, which may be a
 * user's, becomes a failure.
 */
function opening$(
  requests$: Observable<SocketRequest>,
  openSocket: OpenSocket,
  environment: Environment,
  turn: DialTurn,
): Observable<Socket> {
  return new Observable((subscriber) => {
    let phase: SocketFailure['phase'] = 'handshake'
    const fail = (failure: Omit<SocketFailure, 'kind' | 'phase'>): void =>
      subscriber.error({ ...failure, kind: 'socket-failure', phase } satisfies SocketFailure)
    const timer = new Subscription()
    const failed = (thrown: unknown): void => {
      const failure: Omit<SocketFailure, 'kind' | 'phase'> = isFailure(thrown) ? thrown : { cause: thrown }
      turn.refused(failure.status, failure.retryAfterMs)
      fail(failure)
    }
    const dialOut = (request: SocketRequest): void => {
      timer.add(
        environment
          .timer$(openWithinMs)
          .subscribe(() => fail({ reason: `not open within ${openWithinMs / 1000} s` })),
      )
      subscriber.add(timer)
      subscriber.add(
        // Deferred: what it throws at its call is a failed dial like any other.
        defer(() => openSocket(request)).subscribe({
          next: (socket) => {
            turn.accepted()
            timer.unsubscribe()
            phase = 'open'
            subscriber.next(socket)
          },
          error: failed,
          complete: () => {
            turn.refused()
            fail({ reason: 'ended by its adapter' })
          },
        }),
      )
    }
    subscriber.add(
      requests$
        .pipe(
          take(1),
          throwIfEmpty(() => new Error('no headers were given')),
        )
        .subscribe({ next: dialOut, error: failed }),
    )
  })
}

function isFailure(error: unknown): error is SocketFailure {
  return (error as Partial<SocketFailure> | undefined)?.kind === 'socket-failure'
}
