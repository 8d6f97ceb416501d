/**
 * The frames of one session as events: counted, decoded, stamped with the session's epoch. What is no event goes to
 * the side: errors of the exchange, frames that cannot be read, schema drift.
 */
import { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import type { Control } from '../protocol/control'
import { createDecoder } from '../protocol/decode'
import type { DecodeError } from '../protocol/decode-error'
import type { PublicEvent } from '../protocol/events'
import type { Socket } from '../transport/socket'
import type { ConnectionCounters } from './counters'

export interface InboundPorts {
  readonly environment: Environment
  readonly counters: ConnectionCounters
  control(control: Control): void
  rejected(error: DecodeError, epoch: number): void
  drift(name: string): void
}

/** Emits every event of the session in order of arrival; completes when its frames do. Never errors. */
export function inbound$(socket: Socket, epoch: number, ports: InboundPorts): Observable<PublicEvent> {
  const { environment, counters } = ports
  return new Observable((subscriber) => {
    const decoder = createDecoder({
      event(event) {
        counters.events++
        counters.byType[event.type] = (counters.byType[event.type] ?? 0) + 1
        subscriber.next(event)
      },
      control: (control) => ports.control(control),
      rejected: (error) => ports.rejected(error, epoch),
      drift(name) {
        const seen = counters.drift[name] ?? 0
        counters.drift[name] = seen + 1
        if (seen === 0) ports.drift(name)
      },
    })
    return socket.frames$.subscribe({
      next(raw) {
        // Counted first: a consumer's callback may look at the counters and must find its own frame in them.
        counters.frames++
        const outcome = decoder.decode(raw, epoch, environment.now())
        if (outcome === 'control') counters.control++
        else {
          counters.data++
          if (outcome === 'decoded') counters.decoded++
          else counters.rejected++
        }
      },
      complete: () => subscriber.complete(),
    })
  })
}
