/**
 * A socket made ready beside the one that has the session (C12.1): it asks for what is wanted, then what the exchange has
 * of that, and holds all that comes until a session reads it. What is wanted anew meanwhile is asked for on it too, since
 * after the switch nothing else would bring it.
 */
import { Observable, Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ListedItem, ServerError } from '../protocol/control'
import type { PublicEvent } from '../protocol/events'
import { encodeListSubscriptions } from '../protocol/request'
import type { WireFormat } from '../protocol/wire'
import type { MessageBudget, MessagePorts } from '../rate-limit/message-budget'
import type { DesiredState } from '../registry/desired-state'
import type { RawFrame, Socket } from '../transport/socket'
import type { ConnectionCounters } from './counters'
import type { Endpoint, EndpointEvent } from './endpoint'
import { HeldFrames } from './held-frames'
import type { Prepared, SessionSocket } from './session-socket'
import { changedSocket } from './session-socket'
import type { WantedRequest } from './wanted-request'

export interface StandbyPorts<E extends EndpointEvent = PublicEvent> {
  readonly environment: Environment
  readonly endpoint: Endpoint<E>
  readonly format: WireFormat
  readonly counters: Pick<ConnectionCounters, 'messages' | 'checks'>
  /** The budget of a socket that has opened. */
  budget(ports: Omit<MessagePorts, 'signAgeMs'>): MessageBudget
  /** What is wanted now, and may go out. */
  wanted(): WantedRequest
  /** Emits after each command that changed it. */
  readonly changes$: Observable<DesiredState>
  /** Whether the exchange's answers have always differed so, however often everything was sent again. */
  isOwnView(difference: readonly string[]): boolean
}

/** Why a socket that is open cannot take over. */
export interface StandbyEnd {
  readonly kind: 'standby-end'
  readonly why: string
  /** The exchange sent an error. */
  readonly error?: ServerError
}

/** How long the exchange may take to say what it has. */
const answerWithinMs = 5000
/** Two messages each time, of five a second. */
const againMs = 1000
/** An answer that differs is asked for once more, with everything sent again. */
const mostWrong = 2
/** What is wanted may change and change; the exchange's idle cut comes after 60 s. */
const readyWithinMs = 30_000

/**
 * Emits the socket each time that it can take over, and `undefined` when it can no longer. Its first reader has the
 * session; from then on nothing is asked or told here. Errors with a `StandbyEnd`. Unsubscribing leaves the frames.
 */
export function standby$<E extends EndpointEvent>(
  socket: Socket,
  ports: StandbyPorts<E>,
): Observable<SessionSocket | undefined> {
  const { environment, endpoint, format, counters } = ports
  return new Observable((subscriber) => {
    const held = new HeldFrames()
    const asking = new Subscription()
    let timer = Subscription.EMPTY
    let request = ports.wanted()
    let ticket: string | undefined
    let newestPing: string | undefined
    let isAlive = false
    let wrong = 0

    const texts: string[] = []
    const prepared: Prepared = {
      get request() {
        return request
      },
      texts,
      proved() {},
      budget: ports.budget({ hasPings: socket.ping !== undefined, proved: () => prepared.proved() }),
    }
    const frames$ = new Observable<RawFrame>((reader) => {
      asking.unsubscribe()
      return held.frames$.subscribe(reader)
    })
    const ready = changedSocket(socket, { frames$, prepared })

    const fail = (why: string, error?: ServerError): void =>
      subscriber.error({ kind: 'standby-end', why, ...(error && { error }) } satisfies StandbyEnd)
    const after = (delayMs: number, work: () => void): void => {
      timer.unsubscribe()
      timer = environment.timer$(delayMs).subscribe(work)
    }
    /** Not any more, until it was asked again. */
    const askAgain = (): void => {
      ticket = undefined
      subscriber.next(undefined)
      after(againMs, ask)
    }
    const send = (text: string): void => {
      texts.push(text)
      newestPing = prepared.budget.take()
      socket.send(text)
      // Its pong proves that the message was read.
      socket.ping?.(newestPing)
    }
    const ask = (): void => {
      request = ports.wanted()
      if (request.ids.size === 0) return subscriber.next(ready)
      isAlive = socket.ping === undefined
      // An answer that comes later yet has its say.
      after(answerWithinMs, () =>
        isAlive ? subscriber.next(ready) : fail(`no answer in ${answerWithinMs / 1000} s`),
      )
      const question = (ticket = environment.newId())
      counters.messages++
      send(request.text(environment.newId()))
      counters.checks++
      send(encodeListSubscriptions(question, format))
    }
    const listed = (items: readonly ListedItem[]): void => {
      timer.unsubscribe()
      ticket = undefined
      const difference = endpoint.difference(request.keys, items)
      if (difference.length === 0 || ports.isOwnView(difference)) subscriber.next(ready)
      else if (++wrong < mostWrong) askAgain()
      else fail(`it has another subscription than was asked for: ${difference.slice(0, 3).join(', ')}`)
    }
    const decoder = endpoint.createDecoder({
      event() {},
      control(control) {
        if (control.kind === 'error') fail(control.error.name, control.error)
        else if (control.kind === 'list' && control.ticket === ticket) listed(control.result)
      },
      rejected() {},
      drift() {},
    })

    subscriber.add(() => {
      asking.unsubscribe()
      prepared.budget.close()
    })
    asking.add(() => timer.unsubscribe())
    asking.add(
      environment.timer$(readyWithinMs).subscribe(() => fail(`not ready in ${readyWithinMs / 1000} s`)),
    )
    asking.add(
      socket.pongs$.subscribe((payload) => {
        const text = typeof payload === 'string' ? payload : undefined
        prepared.budget.ponged(text)
        if (text === undefined || text === newestPing) isAlive = true
      }),
    )
    asking.add(
      ports.changes$.subscribe(({ change }) => {
        if (change === 'added') askAgain()
      }),
    )
    subscriber.add(
      socket.frames$.subscribe({
        next(raw) {
          if (!held.add(raw)) fail('more came than is held')
          // After that it is the session's to read.
          else if (!asking.closed) decoder.decode(raw, 0, environment.now())
        },
        complete: () => held.complete(),
      }),
    )
    if (!subscriber.closed) ask()
  })
}
