/** One dial: its place in the process's line, the time it may take, and its failure as data. */
import { defer, finalize, Observable, of, switchMap } from 'rxjs'
import type { Environment } from '../base/environment'
import type { OpenSocket, Socket, SocketFailure } from '../transport/socket'
import type { ConnectionState } from './connection-state'
import type { DialPacer } from './dial-pacer'

/** A dial that has not opened in this time is abandoned (C10.1). */
const openWithinMs = 10_000

export interface DialPorts {
  readonly environment: Environment
  readonly openSocket: OpenSocket
  readonly url: string
  readonly host: string
  readonly pacer: DialPacer
  /** Told when the dial has to wait for its turn, and when it goes out. */
  readonly state: Pick<ConnectionState, 'waiting' | 'dialing'>
}

/** Emits the socket when it opens, errors with a `SocketFailure` when it does not or when it closes. Never completes. */
export function dial$(ports: DialPorts): Observable<Socket> {
  const { environment, openSocket, url, host, pacer, state } = ports
  return defer(() => {
    const place = pacer.join(host)
    const turn$: Observable<unknown> = defer(() => {
      const { delayMs, reason } = place.wait()
      if (delayMs <= 0) return of(undefined)
      state.waiting(reason, delayMs)
      // Asked again at that time: a block may have come since.
      return environment.timer$(delayMs).pipe(switchMap(() => turn$))
    })
    return turn$.pipe(
      switchMap(() => {
        place.go()
        state.dialing()
        // Deferred: what a user's function throws at its call is a failed dial like any other.
        return opening$(
          defer(() => openSocket({ url })),
          environment,
        )
      }),
      finalize(() => place.leave()),
    )
  })
}

/** The socket within its time. Whatever else an adapter does, which may be a user's, becomes a failure. */
function opening$(open$: Observable<Socket>, environment: Environment): Observable<Socket> {
  return new Observable((subscriber) => {
    let phase: SocketFailure['phase'] = 'handshake'
    const fail = (failure: Omit<SocketFailure, 'kind' | 'phase'>): void =>
      subscriber.error({ ...failure, kind: 'socket-failure', phase } satisfies SocketFailure)
    const timer = environment
      .timer$(openWithinMs)
      .subscribe(() => fail({ reason: `not open within ${openWithinMs / 1000} s` }))
    subscriber.add(timer)
    subscriber.add(
      open$.subscribe({
        next: (socket) => {
          timer.unsubscribe()
          phase = 'open'
          subscriber.next(socket)
        },
        error: (failure: unknown) => fail(isFailure(failure) ? failure : { cause: failure }),
        complete: () => fail({ reason: 'ended by its adapter' }),
      }),
    )
  })
}

function isFailure(error: unknown): error is SocketFailure {
  return (error as Partial<SocketFailure> | undefined)?.kind === 'socket-failure'
}
