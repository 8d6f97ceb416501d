/** One dial: its place in the process's line, the time it may take, and its failure as data. */
import { Observable, of, switchMap, defer, finalize } from 'rxjs'
import type { Environment } from '../base/environment'
import type { OpenSocket, Socket, SocketFailure, SocketRequest } from '../transport/socket'
import type { DialPacer, DialPermit } from './dial-pacer'

/** A dial that has not opened in this time is abandoned (C10.1). */
const openWithinMs = 10_000

export interface DialPorts {
  readonly environment: Environment
  readonly openSocket: OpenSocket
  readonly pacer: DialPacer
  readonly host: string
  request(): SocketRequest
  /** The dial has to wait for its place. */
  waiting(permit: DialPermit): void
  /** The dial goes out now. */
  dialing(): void
}

/** Emits the socket when it opens, errors with a `SocketFailure` when it does not or when it closes. */
export function dial$(ports: DialPorts): Observable<Socket> {
  const { environment, pacer, host } = ports
  return defer(() => {
    const nowMs = environment.now()
    const permit = pacer.take(host, nowMs)
    let used = false
    const turn$ =
      permit.atMs <= nowMs
        ? of(undefined)
        : defer(() => (ports.waiting(permit), environment.timer$(permit.atMs - nowMs)))
    return turn$.pipe(
      switchMap(() => {
        used = true
        ports.dialing()
        return withinTime$(ports.openSocket(ports.request()), environment)
      }),
      finalize(() => {
        if (!used) pacer.release(host, permit)
      }),
    )
  })
}

function withinTime$(open$: Observable<Socket>, environment: Environment): Observable<Socket> {
  return new Observable((subscriber) => {
    const late: SocketFailure = {
      kind: 'socket-failure',
      phase: 'handshake',
      reason: `not open within ${openWithinMs / 1000} s`,
    }
    const timer = environment
      .timer$(openWithinMs, { referenced: false })
      .subscribe(() => subscriber.error(late))
    subscriber.add(timer)
    subscriber.add(
      open$.subscribe({
        next: (socket) => {
          timer.unsubscribe()
          subscriber.next(socket)
        },
        error: (failure: unknown) => subscriber.error(failure),
        complete: () => subscriber.complete(),
      }),
    )
  })
}
