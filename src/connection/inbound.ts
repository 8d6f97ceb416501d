/**
 * The frames of one session as events: counted, decoded, stamped with the session's epoch. What is no event goes to
 * the side: errors of the exchange, frames that cannot be read, schema drift.
 */
import { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import type { FrameSink } from '../protocol/decode'
import { createDecoder } from '../protocol/decode'
import type { PublicEvent } from '../protocol/events'
import type { FrameReader } from '../protocol/frame-reader'
import type { Socket } from '../transport/socket'
import type { ConnectionCounters } from './counters'
import type { ConnectionReports } from './reports'
import type { SessionRecord } from './session-record'

export interface InboundPorts {
  readonly environment: Environment
  readonly counters: ConnectionCounters
  /** Outlives a session: what it has learned of the frames holds for the next one. */
  readonly reader?: FrameReader | undefined
  readonly reports: Pick<ConnectionReports, 'undecodable' | 'drift'>
  /** The exchange sent an error frame. */
  readonly failed: (error: ServerError) => void
}

/** Names come from the network, so their number is bounded; what is beyond is counted under one name. */
const mostDriftNames = 1000
const furtherNames = '(further names)'

/** Emits every event of the session in order of arrival; completes when its frames do. Never errors. */
export function inbound$(
  { frames$ }: Socket,
  epoch: number,
  record: SessionRecord,
  { environment, counters, reader, reports, failed }: InboundPorts,
): Observable<PublicEvent> {
  return new Observable((subscriber) => {
    const driftNames = new Set(Object.keys(counters.drift))
    const sink: FrameSink = {
      event(event) {
        counters.events++
        counters.byType[event.type] = (counters.byType[event.type] ?? 0) + 1
        subscriber.next(event)
      },
      control(control) {
        if (control.kind === 'error') failed(control.error)
      },
      rejected: (error) => reports.undecodable(error, epoch),
      drift(found) {
        const isFull = counters.drift[found] === undefined && driftNames.size >= mostDriftNames
        const name = isFull ? furtherNames : found
        const seen = counters.drift[name] ?? 0
        counters.drift[name] = seen + 1
        if (seen > 0) return
        driftNames.add(name)
        reports.drift(name)
      },
    }
    const decoder = createDecoder(sink, { reader, counts: counters })
    return frames$.subscribe({
      next(raw) {
        // The one look at the clock for a frame: it is the time of receipt and the sign of life.
        const nowMs = environment.now()
        record.sign(nowMs)
        // Counted first: a consumer's callback may look at the counters and must find its own frame in them.
        counters.frames++
        const outcome = decoder.decode(raw, epoch, nowMs)
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
