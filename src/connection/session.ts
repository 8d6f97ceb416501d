/** The life of one open socket: its events come in, the wanted set goes out, a heartbeat watches over both. */
import { Observable, tap } from 'rxjs'
import type { Environment } from '../base/environment'
import type { PublicEvent } from '../protocol/events'
import type { DesiredState } from '../registry/desired-state'
import { streamKeyId } from '../registry/stream-key'
import type { Socket } from '../transport/socket'
import { heartbeat$ } from './heartbeat'
import type { InboundPorts } from './inbound'
import { inbound$ } from './inbound'
import type { SilenceWatch } from './silence-watch'
import type { SubscriptionSender } from './subscription-sender'

export interface SessionPorts extends InboundPorts {
  readonly environment: Environment
  readonly changes$: Observable<DesiredState>
  readonly sender: SubscriptionSender
  readonly silence: SilenceWatch
  /** A frame or a pong came. */
  alive(): void
}

/** Emits the session's events; completes when its socket closes, so that nothing of it outlives it. */
export function session$(socket: Socket, epoch: number, ports: SessionPorts): Observable<PublicEvent> {
  const { sender, silence, environment } = ports
  return new Observable((subscriber) => {
    const activity = { signs: 0 }
    const sign = (): void => {
      activity.signs++
      ports.alive()
    }
    subscriber.add(() => {
      sender.closed()
      silence.closed()
    })
    const watched: Socket = { ...socket, frames$: socket.frames$.pipe(tap(sign)) }
    subscriber.add(socket.pongs$.subscribe(sign))
    subscriber.add(
      inbound$(watched, epoch, ports).subscribe({
        next(event) {
          if (sender.isUnresolved || silence.isWatching) {
            const id = streamKeyId(event.type, event.code, 'level' in event ? event.level : 0)
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
    subscriber.add(ports.changes$.subscribe(({ change }) => sender.changed(change)))
    subscriber.add(heartbeat$(socket, activity, environment).subscribe())
    sender.opened(socket)
  })
}
