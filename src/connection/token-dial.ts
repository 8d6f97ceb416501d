/** A dial with a token, and when another one has to take its place (C12.1). */
import type { Observable } from 'rxjs'
import { defer, map, tap } from 'rxjs'
import type { Socket } from '../transport/socket'
import type { DialPorts } from './dial'
import { dial$ } from './dial'

export interface Dialed {
  readonly socket: Socket
  /** When to dial the next one; `undefined`: never. */
  readonly renewAtMs: number | undefined
}

/** Of its life: from when on, and how much later at the most, so that many clients do not come together. */
const renewalAt = { from: 0.7, spread: 0.05 }

export interface TokenDialPorts extends DialPorts {
  /** A socket opened, whether or not it will ever have a session. */
  readonly opened: (socket: Socket) => void
}

/** One dial, as `dial$` has it. */
export function tokenDial$(ports: TokenDialPorts): Observable<Dialed> {
  return defer(() => {
    const { environment } = ports
    let renewAtMs: number | undefined
    const headers$ = ports.headers$?.pipe(
      tap(({ expiresAtMs }) => {
        const nowMs = environment.now()
        const part = renewalAt.from + renewalAt.spread * environment.random()
        const atMs = nowMs + part * ((expiresAtMs ?? Infinity) - nowMs)
        renewAtMs = atMs === Infinity ? undefined : Math.round(atMs)
      }),
    )
    return dial$({ ...ports, headers$ }).pipe(
      tap((socket) => ports.opened(socket)),
      map((socket) => ({ socket, renewAtMs })),
    )
  })
}
