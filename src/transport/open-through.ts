/**
 * A dial through `rxjs-websockets`: the part that the Node and the browser adapter share. The library turns a socket
 * into an observable; what it does not do is done here and in the adapters, each edge seen with version 9:
 * - close codes and refusals are lost in its errors, so the adapter reports them itself (`closed$`);
 * - its message stream never ends, so it is cut by `closed$`, before the error is seen;
 * - an error in its input would be thrown, so the input is a subject that never errors;
 * - its factory may be called once only, so it is called here, at the opening.
 */
import { catchError, map, Observable, Subject, takeUntil, throwError } from 'rxjs'
import * as websockets from 'rxjs-websockets'
import type { OpenSocket, RawFrame, Socket, SocketFailure, SocketRequest } from './socket'

/** What an adapter supplies: the handlers that `rxjs-websockets` sets, and what it cannot tell. */
export interface Wire extends websockets.WebSocketLike {
  /** Emits once, before `onerror` or `onclose` is called. */
  readonly closed$: Observable<SocketFailure>
  readonly pongs$: Observable<void>
  ping?(): void
  terminate(): void
  reference(held: boolean): void
}

type MakeObservable = typeof websockets.default

/** The package is CommonJS behind `default`; Node's ESM wraps it once more than bundlers and jest do. */
const makeObservable: MakeObservable = ((): MakeObservable => {
  const imported = websockets.default as MakeObservable | { readonly default: MakeObservable }
  return typeof imported === 'function' ? imported : imported.default
})()

export function openThrough(makeWire: (request: SocketRequest) => Wire): OpenSocket {
  return (request) =>
    new Observable<Socket>((subscriber) => {
      let failure: SocketFailure | undefined
      const wire = makeWire(request)
      const watching = wire.closed$.subscribe((reported) => (failure = reported))
      const sent = new Subject<string>()

      // Only the payloads that the adapters hand on can come out, whatever the library's type parameter says.
      const opened$ = makeObservable<never>(request.url, { protocols: [], makeWebSocket: () => wire }).pipe(
        map((responses): Socket => {
          const frames$: Observable<RawFrame> = responses(sent)
          const socket: Socket = {
            frames$: frames$.pipe(takeUntil(wire.closed$)),
            pongs$: wire.pongs$.pipe(takeUntil(wire.closed$)),
            send: (text) => sent.next(text),
            close: () => void wire.close(),
            terminate: () => wire.terminate(),
            reference: (held) => wire.reference(held),
          }
          return wire.ping === undefined ? socket : { ...socket, ping: () => wire.ping?.() }
        }),
        catchError((cause: unknown) =>
          throwError(() => failure ?? ({ kind: 'socket-failure', phase: 'handshake', cause } as const)),
        ),
      )
      subscriber.add(opened$.subscribe(subscriber))
      subscriber.add(watching)
    })
}
