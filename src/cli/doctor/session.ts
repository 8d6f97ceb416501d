/** A session as the library has it: the WebSocket handshake, a ping, and the first frame of a subscription. */
import type { Observable } from 'rxjs'
import { defer, mergeMap, ReplaySubject } from 'rxjs'
import type { Environment } from '../../base/environment'
import { encodeSubscribe } from '../../protocol/request'
import type { OpenSocket, RawFrame, Socket, SocketFailure } from '../../transport/socket'
import { oneLine } from '../one-line'
import type { Examination } from './examination'
import { faultOf, refusalFault } from './fault-words'
import { Fault } from './finding'
import type { Target } from './network'

/** A market that each of the exchanges has; any other host is taken for Korea's. */
const markets: readonly (readonly [host: string, code: string])[] = [
  ['sg-api.', 'SGD-BTC'],
  ['id-api.', 'IDR-BTC'],
  ['th-api.', 'THB-BTC'],
]

interface Session {
  readonly socket: Socket
  /** From the opening on; errors with what ended the session. */
  readonly frames$: Observable<string>
}

export async function examineSession(
  examination: Examination,
  { url, host }: Target,
  openSocket: OpenSocket,
  environment: Environment,
): Promise<void> {
  const session = await examination.step('handshake', async () => {
    await examination.turn()
    const opened = await examination.first(session$(examination, openSocket, url.href), 'The handshake')
    return ['The exchange has taken the WebSocket.', opened]
  })
  if (session === undefined) {
    for (const step of ['ping', 'frame'] as const) examination.skip(step, 'There is no session.')
    return
  }
  const { socket, frames$ } = session
  await examination.step('ping', async () => {
    const pong$ = defer(() => {
      socket.ping?.()
      return socket.pongs$
    })
    await examination.first(pong$, 'A pong')
    return ['A ping was answered.', true]
  })
  const code = markets.find(([start]) => host.startsWith(start))?.[1] ?? 'KRW-BTC'
  await examination.step('frame', async () => {
    socket.send(encodeSubscribe(environment.newId(), [{ type: 'ticker', codes: [code] }], 'DEFAULT'))
    const text = await examination.first(frames$, `A frame of ticker ${code}`)
    return [`ticker ${code} has come, ${text.length} bytes.`, checkFrame(text)]
  })
}

/** Emits the session when the socket is open; the socket goes on until the examination ends. */
function session$(examination: Examination, openSocket: OpenSocket, url: string): Observable<Session> {
  const openedSubject = new ReplaySubject<Session>(1)
  const framesSubject = new ReplaySubject<string>(8)
  return defer(() => {
    // Its frames are listened to in the turn of the opening: nothing is kept of what comes before.
    const frames$ = openSocket({ url }).pipe(
      mergeMap((socket) => {
        openedSubject.next({ socket, frames$: framesSubject })
        return socket.frames$
      }),
    )
    examination.open.add(
      frames$.subscribe({
        next: (frame) => framesSubject.next(textOf(frame)),
        error: (failure: unknown) => {
          const fault = faultOfSocket(failure as SocketFailure)
          openedSubject.error(fault)
          framesSubject.error(fault)
        },
      }),
    )
    return openedSubject
  })
}

function faultOfSocket({ phase, status, retryAfterMs, closeCode, cause, reason }: SocketFailure): Fault {
  if (status !== undefined) return refusalFault(status, 'The handshake', retryAfterMs)
  if (phase === 'handshake') return faultOf(cause ?? new Error(reason ?? 'It was not opened.'))
  return new Fault(
    `The session was closed with ${closeCode ?? 'no code'}.`,
    'Try again; see the notices of the exchange.',
  )
}

function textOf(frame: RawFrame): string {
  return typeof frame === 'string' ? frame : Buffer.from(frame).toString('utf8')
}

/** Throws a fault for a frame of the exchange's that is an error. */
function checkFrame(text: string): boolean {
  const { error } = JSON.parse(text) as {
    readonly error?: { readonly name?: string; readonly message?: string }
  }
  if (error === undefined) return true
  const said = oneLine(`${error.name ?? ''} ${error.message ?? ''}`).slice(0, 200)
  throw new Fault(`The exchange refused the subscription: ${said}.`, 'Look the name up in docs/errors.md.')
}
