/**
 * A dial through `rxjs-websockets`: the part that the Node and the browser adapter share. The library turns a socket
 * into an observable; what it does not do is done here and in the adapters, each edge seen with version 9:
 * - close codes and refusals are lost in its errors, so the adapter reports them itself (`closed$`);
 * - its message stream never ends, so it is cut by `closed$`, before the error is seen;
 * - an error in its input would be thrown, so the input is a subject that never errors;
 * - its factory may be called once only, so it is called here, at the opening;
 * - it leaves a peer that does not answer the closing handshake to the platform, which waits half a minute.
 */
import { catchError, map, Observable, Subject, takeUntil, throwError } from 'rxjs'
import * as websockets from 'rxjs-websockets'
import type { Environment } from '../base/environment'
import type { OpenSocket, Socket, SocketFailure, SocketRequest } from './socket'

/** How long a peer may take to answer the closing handshake (C10.3). */
const closeTimeoutMs = 1000

/** What an adapter supplies: the handlers that `rxjs-websockets` sets, and what it cannot tell. */
export interface Wire extends websockets.WebSocketLike {
  /** Emits once and completes, before `onclose` is called; replays. */
  readonly closed$: Observable<SocketFailure>
  readonly pongs$: Observable<unknown>
  ping?(payload?: string): void
  terminate(): void
  reference(held: boolean): void
}

type Connect = typeof websockets.default

/** The package is CommonJS behind `default`; Node's ESM wraps it once more than bundlers and jest do. */
const connect$: Connect = ((): Connect => {
  const imported$ = websockets.default as Connect | Record<'default', Connect>
  return typeof imported$ === 'function' ? imported$ : imported$.default
})()

/** The dialer over wires that `makeWire` makes; one that it cannot make is a dial that failed. */
export function openThrough(
  environment: Environment,
  makeWire: (request: SocketRequest) => Wire,
): OpenSocket {
  return (request) =>
    new Observable<Socket>((subscriber) => {
      let wire: Wire
      try {
        wire = makeWire(request)
      } catch (cause) {
        // A url or a header that the platform refuses before it dials.
        return subscriber.error({ kind: 'socket-failure', phase: 'handshake', cause } satisfies SocketFailure)
      }
      let failure: SocketFailure | undefined
      subscriber.add(wire.closed$.subscribe((reported) => (failure = reported)))
      const close = (): void => {
        wire.close()
        environment
          .timer$(closeTimeoutMs, { referenced: false })
          .pipe(takeUntil(wire.closed$))
          .subscribe(() => wire.terminate())
      }
      const sentSubject = new Subject<string>()

      // Only the payloads that the adapters hand on can come out, whatever the library's type parameter says.
      const opened$ = connect$<never>(request.url, { protocols: [], makeWebSocket: () => wire }).pipe(
        map((receive$): Socket => {
          const socket: Socket = {
            frames$: receive$(sentSubject).pipe(takeUntil(wire.closed$)),
            pongs$: wire.pongs$.pipe(takeUntil(wire.closed$)),
            send: (text) => sentSubject.next(text),
            close,
            terminate: () => wire.terminate(),
            reference: (held) => wire.reference(held),
          }
          return wire.ping === undefined ? socket : { ...socket, ping: (payload) => wire.ping?.(payload) }
        }),
        catchError(() => throwError(() => failure)),
      )
      subscriber.add(opened$.subscribe(subscriber))
      subscriber.add(close)
    })
}
