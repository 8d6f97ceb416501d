/** The life of one open socket: its events come in, the wanted set goes out, a heartbeat watches over both. */
import { Observable } from 'rxjs'
import type { DesiredState } from '../registry/desired-state'
import type { EndpointEvent } from './endpoint'
import { heartbeat$ } from './heartbeat'
import type { InboundPorts } from './inbound'
import { inbound$ } from './inbound'
import type { SessionRecord } from './session-record'
import type { SessionSocket } from './session-socket'
import type { SilenceWatch } from './silence-watch'
import type { SubscriptionCheck } from './subscription-check'
import type { SubscriptionSender } from './subscription-sender'

export interface SessionPorts<E extends EndpointEvent> extends InboundPorts<E> {
  /** Emits after each command that changed the wanted set. */
  readonly changes$: Observable<DesiredState>
  readonly sender: SubscriptionSender
  readonly silence: SilenceWatch
  readonly check: Pick<SubscriptionCheck, 'closed'>
  /** Emits when the line is to be checked at once. */
  readonly wakeUps$: Observable<unknown>
  /** Finds out what the exchange refuses, as long as it is subscribed to. */
  readonly probing$: Observable<never>
}

/** Emits the session's events; completes when its socket closes, so that nothing of it outlives it. */
export function session$<E extends EndpointEvent>(
  socket: SessionSocket,
  epoch: number,
  record: SessionRecord,
  ports: SessionPorts<E>,
): Observable<E> {
  const { environment, endpoint, changes$, sender, silence, check, probing$, wakeUps$, later, meter } = ports
  const inboundPorts: InboundPorts<E> = {
    ...ports,
    // Until a message is accepted and its codes have spoken, each event is looked at.
    later: later && {
      interest: (type, code) =>
        sender.isUnresolved || silence.isWatching ? 'now' : later.interest(type, code),
      keep: (head, bytes, read) => later.keep(head, bytes, read),
    },
  }
  return new Observable((subscriber) => {
    subscriber.add(() => {
      sender.closed()
      silence.closed()
      check.closed()
    })
    // What it asked for before it had the session is known before what it held is read.
    if (socket.prepared !== undefined) sender.opened(socket)
    subscriber.add(changes$.subscribe(({ change }) => sender.changed(change)))
    subscriber.add(
      socket.pongs$.subscribe((payload) => {
        const text = typeof payload === 'string' ? payload : undefined
        const nowMs = environment.now()
        record.sign(nowMs)
        // One with a payload answers the ping behind a message; the heartbeat's has none.
        const roundTripMs = text === undefined || text === '' ? record.answered(nowMs) : undefined
        if (roundTripMs !== undefined) meter?.answered(roundTripMs)
        sender.ponged(text)
        silence.ponged(text)
      }),
    )
    subscriber.add(
      inbound$(socket, epoch, record, inboundPorts).subscribe({
        next(event) {
          if (sender.isUnresolved || silence.isWatching) {
            const id = endpoint.keyIdOf(event)
            sender.received(id)
            silence.received(id)
          }
          subscriber.next(event)
        },
        complete: () => subscriber.complete(),
      }),
    )
    // A virtual socket may have closed, and ended all, while its frames were being read.
    if (subscriber.closed) return
    subscriber.add(probing$.subscribe())
    subscriber.add(
      heartbeat$(socket, {
        environment,
        signs: () => record.signs,
        wakeUps$,
        pinged: () => record.pinged(environment.now()),
        keepsAlive: (isExtra) => sender.messages.keepsAlive(isExtra),
      }).subscribe(),
    )
    silence.opened({ signs: () => record.signs, ping: socket.ping && ((payload) => socket.ping?.(payload)) })
    if (socket.prepared === undefined) sender.opened(socket)
  })
}
