/**
 * A dialer whose sockets do not repeat what they were sent with: a server, a proxy or an adapter may put the token into
 * a refusal, a close, an error frame or the error that it throws, and from there it would come into errors, warnings and
 * recordings (C8.3).
 */
import { catchError, defer, map, throwError } from 'rxjs'
import { hideSecrets } from '../base/hide-secrets'
import { shownCause } from '../base/shown-cause'
import type { OpenSocket, RawFrame, Socket, SocketFailure, SocketRequest } from './socket'

type Hide = (text: string) => string

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** `keys`: the secrets beside the token of each dial, which its header names. */
export function discreetSocket(openSocket: OpenSocket, keys: () => readonly string[]): OpenSocket {
  return (request) => {
    const secrets = [...keys(), ...tokenOf(request)]
    const hide: Hide = (text) => hideSecrets(text, secrets)
    return defer(() => openSocket(request)).pipe(
      map((socket) => discreet(socket, secrets, hide)),
      catchError((error: unknown) => throwError(() => shownFailure(error, hide))),
    )
  }
}

function tokenOf({ headers = {} }: SocketRequest): readonly string[] {
  const { authorization } = headers
  return authorization === undefined ? [] : [authorization.replace(/^Bearer /, '')]
}

function discreet(socket: Socket, secrets: readonly string[], hide: Hide): Socket {
  const shown: Socket = {
    frames$: socket.frames$.pipe(map((raw) => shownFrame(raw, secrets, hide))),
    pongs$: socket.pongs$,
    send: (text) => socket.send(text),
    close: () => socket.close(),
    terminate: () => socket.terminate(),
    reference: (held) => socket.reference(held),
  }
  return socket.ping === undefined ? shown : { ...shown, ping: (payload?: string) => socket.ping?.(payload) }
}

/**
 * The frame itself, unless it repeats one. In what the exchange says of a fault a part of a secret is hidden too, as it
 * may be cut; in data a part is chance.
 */
function shownFrame(raw: RawFrame, secrets: readonly string[], hide: Hide): RawFrame {
  const text = typeof raw === 'string' ? raw : decoder.decode(raw)
  if (!text.includes('"error"') && !secrets.some((secret) => text.includes(secret))) return raw
  const shown = hide(text)
  return shown === text ? raw : shown
}

function shownFailure(error: unknown, hide: Hide): unknown {
  if ((error as Partial<SocketFailure> | null | undefined)?.kind !== 'socket-failure') {
    return shownCause(error, hide)
  }
  const { reason, cause, ...failure } = error as SocketFailure
  return {
    ...failure,
    ...(reason === undefined ? {} : { reason: hide(reason) }),
    ...(cause === undefined ? {} : { cause: shownCause(cause, hide) }),
  } satisfies SocketFailure
}
