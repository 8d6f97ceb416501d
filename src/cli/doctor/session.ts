/** A session as the library has it: the WebSocket handshake, a ping, and the first frame of a subscription. */
import type { Observable } from 'rxjs'
import { defer, filter, ignoreElements, map, merge, mergeMap, ReplaySubject } from 'rxjs'
import type { Environment } from '../../base/environment'
import { createDecoder } from '../../protocol/decode'
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
  readonly isOver: () => boolean
}

export async function examineSession(
  examination: Examination,
  { url, host }: Target,
  openSocket: OpenSocket,
  environment: Environment,
): Promise<void> {
  const session = await examination.connecting('handshake', async () => {
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
      // The pongs only complete with the session; how it ended, its frames tell.
      return merge(socket.pongs$, frames$.pipe(ignoreElements()))
    })
    await examination.first(pong$, 'A pong')
    return ['A ping was answered.', true]
  })
  if (session.isOver()) {
    examination.skip('frame', 'The session is over.')
    return
  }
  const code = markets.find(([start]) => host.startsWith(start))?.[1] ?? 'KRW-BTC'
  await examination.step('frame', async () => {
    socket.send(encodeSubscribe(environment.newId(), [{ type: 'ticker', codes: [code] }], 'DEFAULT'))
    const ticker$ = frames$.pipe(
      filter((text) => isTicker(text, code)),
      map((text) => text.length),
    )
    const length = await examination.first(ticker$, `A frame of ticker ${code}`)
    return [`ticker ${code} has come, ${length} bytes.`, true]
  })
}

/** Emits the session when the socket is open; the socket goes on until the examination ends. */
function session$(examination: Examination, openSocket: OpenSocket, url: string): Observable<Session> {
  const openedSubject = new ReplaySubject<Session>(1)
  const framesSubject = new ReplaySubject<string>(8)
  let isOver = false
  return defer(() => {
    // Its frames are listened to in the turn of the opening: nothing is kept of what comes before.
    const frames$ = openSocket({ url }).pipe(
      mergeMap((socket) => {
        openedSubject.next({ socket, frames$: framesSubject, isOver: () => isOver })
        return socket.frames$
      }),
    )
    examination.open.add(
      frames$.subscribe({
        next: (frame) => framesSubject.next(textOf(frame)),
        error: (failure: unknown) => {
          isOver = true
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

/** Whether it is what was subscribed to. Throws a fault for an error and for what is nothing that an exchange sends. */
function isTicker(text: string, code: string): boolean {
  const seen = { ticker: false, status: false }
  const decoder = createDecoder({
    event: (event) => (seen.ticker ||= event.type === 'ticker' && event.code === code),
    control(control) {
      if (control.kind === 'status') seen.status = true
      if (control.kind !== 'error') return
      const { name, message } = control.error
      const said = oneLine(`${name} ${message}`).trimEnd().slice(0, 200)
      throw new Fault(
        `The exchange refused the subscription: ${said}.`,
        'Look the name up in docs/errors.md.',
      )
    },
    rejected() {},
    drift() {},
  })
  decoder.decode(text, 0, 0)
  if (seen.ticker || seen.status) return seen.ticker
  throw new Fault(
    `What came is no ticker of ${code}: ${oneLine(text).slice(0, 100)}`,
    'Check the url: something else answers there. If it is the exchange, update upbit-rx.',
  )
}
