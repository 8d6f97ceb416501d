/**
 * One open socket of a probe: asks for one set of entries after another, and tells whether each was accepted. What comes
 * for them is dropped; it only shows that they were.
 */
import { Observable, Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import type { PublicEvent } from '../protocol/events'
import type { WireFormat } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { Socket, SocketFailure } from '../transport/socket'
import type { Endpoint, EndpointEvent } from './endpoint'
import { isAuthError, isLimitError } from './server-error'
import { steadyClock } from '../base/steady-clock'

/** One message of a probe. */
export interface ProbeQuestion {
  /** The verdict is on these. */
  readonly keys: readonly StreamKey[]
  /** Asked for with them: what the main connection has. */
  readonly company: readonly StreamKey[]
}

/** What a probe works on. */
export interface ProbeWork {
  /** What to ask for now; the verdict that follows is on it. `undefined` when nothing is left. */
  next(): ProbeQuestion | undefined
  passed(): void
  refused(error: ServerError): void
  /** How long after the last dial the next one may go, ms. */
  readonly spacingMs: number
  /** Whether there is nothing left to ask for. */
  readonly isOver: boolean
  /** Emits when something may have left what is to be asked for. */
  readonly changes$: Observable<unknown>
}

export interface ProbeSessionPorts<E extends EndpointEvent = PublicEvent> {
  readonly environment: Environment
  readonly endpoint: Endpoint<E>
  readonly format: WireFormat
  /** A message goes out. */
  readonly sent: () => void
}

/** The exchange said something after which it closes: a refusal that was told, a limit, or credentials. */
export interface ProbeEnd {
  readonly kind: 'probe-end'
  readonly error: ServerError
}

/** Below both limits of a connection's messages, 5 a second and 100 a minute, with room for a network that squeezes. */
const intervalMs = 700
/** As on the main connection (C9.5): without an error frame for so long, a message is accepted. */
const acceptanceMs = 1000
/** What the exchange has against it may come right behind the pong. */
const afterPongMs = 300
/** But not on a line that shows no life; it proves nothing, and is given up. */
const lifeWithinMs = 10_000

/** Emits once, when nothing is left to probe. Errors with a `ProbeEnd`, or with a failure when that came amid nothing. */
export function probeSession$<E extends EndpointEvent>(
  socket: Socket,
  work: ProbeWork,
  { environment, endpoint, format, sent }: ProbeSessionPorts<E>,
): Observable<true> {
  return new Observable((subscriber) => {
    const now = steadyClock(environment)
    let probed: ReadonlySet<string> | undefined
    let sentAtMs = -Infinity
    let messages = 0
    let pongedAtMs: number | undefined
    let timer = new Subscription()

    const after = (delayMs: number, then: () => void): void => {
      timer.unsubscribe()
      timer = environment.timer$(delayMs).subscribe(then)
    }
    const advance = (): void => {
      if (work.isOver) subscriber.next(true)
      else after(Math.max(0, sentAtMs + intervalMs - now()), send)
    }
    const send = (): void => {
      const question = work.next()
      if (question === undefined) return subscriber.next(true)
      const { keys, company } = question
      probed = new Set(keys.map(({ id }) => id))
      sentAtMs = now()
      // A browser has no ping; there silence alone has to do, as on the main connection.
      if (socket.ping === undefined) after(acceptanceMs, pass)
      else after(lifeWithinMs, () => socket.terminate())
      pongedAtMs = undefined
      sent()
      // Last, since a virtual exchange may answer while it is being asked. The pong comes after what it knows by then.
      socket.send(endpoint.subscribeText([...company, ...keys], format)(environment.newId()))
      socket.ping?.(String(++messages))
    }
    const pass = (): void => {
      probed = undefined
      work.passed()
      advance()
    }
    const fail = (error: ServerError): void => {
      if (probed === undefined) {
        const reason = `an error that no probe explains: ${error.name}`
        return subscriber.error({ kind: 'socket-failure', phase: 'open', reason } satisfies SocketFailure)
      }
      if (!isLimitError(error) && !isAuthError(error)) work.refused(error)
      subscriber.error({ kind: 'probe-end', error } satisfies ProbeEnd)
    }
    const decoder = endpoint.createDecoder({
      event(event) {
        if (probed?.has(endpoint.keyIdOf(event)) === true) pass()
      },
      control: (control) => {
        if (control.kind === 'error') fail(control.error)
      },
      rejected() {},
      drift() {},
    })

    subscriber.add(() => timer.unsubscribe())
    subscriber.add(socket.frames$.subscribe((raw) => decoder.decode(raw, 0, environment.now())))
    subscriber.add(
      socket.pongs$.subscribe((payload) => {
        // Of one before it proves nothing; an adapter whose pongs do not say whose they are has to be believed.
        if (payload !== undefined && payload !== String(messages)) return
        if (probed === undefined || pongedAtMs !== undefined) return
        pongedAtMs = now()
        after(Math.max(afterPongMs, sentAtMs + acceptanceMs - pongedAtMs), pass)
      }),
    )
    subscriber.add(
      work.changes$.subscribe(() => {
        if (work.isOver) subscriber.next(true)
      }),
    )
    advance()
  })
}
