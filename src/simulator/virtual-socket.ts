/**
 * A client's socket on an exchange in memory: the port of `transport/socket.ts` on one side, the exchange's
 * connection on the other. Data frames cross as the bytes that a real socket would bring.
 *
 * What the exchange sends arrives in the turn in which it was sent, or `latencyMs` later; what it does in answer to
 * the client always comes in a later turn.
 */
import { Observable, Subject } from 'rxjs'
import type { RawFrame, Socket, SocketFailure } from '../transport/socket'
import type { Exchange } from './exchange'
import type { ConnectionPort, ExchangeConnection } from './exchange-connection'
import { OwnTimers } from './timers'

/** How long a closing handshake waits for its answer, as the port's adapters have it. */
const closeTimeoutMs = 1_000

export interface VirtualSocketOptions {
  readonly latencyMs: number
  /** A client holds the process, or lets go of it. */
  readonly held: (socket: Socket, held: boolean) => void
}

/** One dial; emits and ends as `OpenSocket` says. */
export function virtualSocket$(
  exchange: Exchange,
  url: string,
  headers: Readonly<Record<string, string>>,
  { latencyMs, held }: VirtualSocketOptions,
): Observable<Socket> {
  return new Observable<Socket>((subscriber) => {
    const { timers, options } = exchange
    const { pathname, search } = new URL(url)
    const framesSubject = new Subject<RawFrame>()
    const pongsSubject = new Subject<string>()
    const own = new OwnTimers(timers)
    let connection: ExchangeConnection | undefined
    let state: 'dialing' | 'open' | 'closing' | 'ended' = 'dialing'

    const later = (delayMs: number, work: () => void): void => own.after(delayMs, work)
    const end = (failure: Omit<SocketFailure, 'kind'>): void => {
      if (state === 'ended') return
      state = 'ended'
      own.end()
      held(socket, false)
      framesSubject.complete()
      pongsSubject.complete()
      subscriber.error({ kind: 'socket-failure', ...failure } satisfies SocketFailure)
    }
    const arrive = (work: () => void): void => {
      if (latencyMs === 0) work()
      else later(latencyMs, work)
    }

    const port: ConnectionPort = {
      frame: (data) => arrive(() => framesSubject.next(data)),
      pong: (payload) => later(latencyMs, () => pongsSubject.next(textOf(payload))),
      close: (closeCode, reason) => arrive(() => end({ phase: 'open', closeCode, reason })),
      drop: () => arrive(() => end({ phase: 'open', closeCode: 1006, reason: '' })),
    }
    const toExchange = (work: (connection: ExchangeConnection) => void): void => {
      if (state !== 'open' || connection === undefined) return
      const open = connection
      if (latencyMs === 0) work(open)
      else later(latencyMs, () => work(open))
    }
    const socket: Socket = {
      frames$: framesSubject.asObservable(),
      pongs$: pongsSubject.asObservable(),
      send: (text) => toExchange((open) => open.receive(text)),
      ping: (payload = '') => toExchange((open) => open.pinged(new TextEncoder().encode(payload))),
      close: () => {
        if (state !== 'open') return
        state = 'closing'
        const stalled = connection?.outbox.stalled === true
        connection?.closedByClient()
        // A half-open peer never answers the close frame, so it is dropped.
        if (stalled) later(closeTimeoutMs, () => end({ phase: 'open', closeCode: 1006, reason: '' }))
        else later(2 * latencyMs, () => end({ phase: 'open', closeCode: 1000, reason: '' }))
      },
      terminate: () => {
        connection?.closedByClient()
        end({ phase: 'open', closeCode: 1006, reason: '' })
      },
      reference: (referenced) => held(socket, referenced && state !== 'ended'),
    }

    // The gate looks when the request is there; the client knows when the answer is.
    const answer = exchange.dial({ path: pathname + search, headers, remoteAddress: '127.0.0.1' })
    held(socket, true)
    if (answer.kind !== 'hang') {
      later(options.handshakeMs + 2 * latencyMs, () => {
        if (answer.kind === 'accept') {
          state = 'open'
          connection = answer.open(port)
          subscriber.next(socket)
        } else if (answer.kind === 'reset') {
          end({ phase: 'handshake', reason: 'connection reset' })
        } else {
          const retryAfter = Number(answer.headers['retry-after'])
          end({
            phase: 'handshake',
            status: answer.status,
            reason: answer.body,
            ...(Number.isNaN(retryAfter) ? {} : { retryAfterMs: retryAfter * 1_000 }),
          })
        }
      })
    }
    return () => {
      if (state === 'ended') return
      state = 'ended'
      own.end()
      held(socket, false)
      connection?.closedByClient()
      framesSubject.complete()
      pongsSubject.complete()
    }
  })
}

function textOf(payload: Uint8Array | undefined): string {
  return new TextDecoder().decode(payload)
}
