/**
 * The frames of one session as events: counted, decoded, stamped with the session's epoch. What is no event goes to
 * the side: errors of the exchange, frames that cannot be read, schema drift, and states that are wanted later.
 */
import { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ListedItem, ServerError } from '../protocol/control'
import type { Decoder } from '../protocol/decode'
import type { FrameSink } from '../protocol/frame-sink'
import type { FrameReader } from '../protocol/frame-reader'
import type { Skim } from '../protocol/skim'
import type { AnyType } from '../protocol/wire'
import type { Socket } from '../transport/socket'
import type { ConnectionTap } from './connection-tap'
import type { ConnectionMeter } from './connection-meter'
import type { ConnectionCounters } from './counters'
import { DriftCounter } from './drift-counter'
import type { Endpoint, EndpointEvent } from './endpoint'
import type { LaterFrames, ReadLater } from './later-frames'
import type { ConnectionReports } from './reports'
import type { SessionRecord } from './session-record'

export interface InboundPorts<E extends EndpointEvent> {
  readonly environment: Environment
  readonly endpoint: Endpoint<E>
  readonly counters: ConnectionCounters
  /** Outlives a session: what it has learned of the frames holds for the next one. */
  readonly reader?: FrameReader | undefined
  /** Without it, every frame is decoded when it comes. */
  readonly later?: LaterFrames<E> | undefined
  /** Shown every frame as it came, those too that are not decoded. */
  readonly connectionTap: Pick<ConnectionTap, 'frame'>
  readonly reports: Pick<ConnectionReports, 'undecodable' | 'drift'>
  readonly meter?: ConnectionMeter | undefined
  /** The exchange sent an error frame. */
  readonly failed: (error: ServerError) => void
  /** The exchange answered a text `PING`, or is on its beat since one. */
  readonly beat: () => void
  /** The exchange answered what the connection has subscribed to. */
  readonly listed: (ticket: string, items: readonly ListedItem[]) => void
}

/** Emits every event of the session in order of arrival; completes when its frames do. Never errors. */
export function inbound$<E extends EndpointEvent>(
  { frames$ }: Socket,
  epoch: number,
  record: SessionRecord,
  ports: InboundPorts<E>,
): Observable<E> {
  const { environment, endpoint, counters, reader, later, connectionTap, reports, meter } = ports
  return new Observable((subscriber) => {
    const drift = new DriftCounter(counters.drift, (name) => reports.drift(name))
    const sink: FrameSink<E> = {
      event(event) {
        const { type, stream_type, timestamp, received_at } = event
        countEvent(counters, type)
        // A SNAPSHOT is stamped with its last change, however long ago.
        if (stream_type === 'REALTIME') meter?.live(type, timestamp, received_at)
        subscriber.next(event)
      },
      control(control) {
        if (control.kind === 'error') ports.failed(control.error)
        else if (control.kind === 'list') ports.listed(control.ticket, control.result)
        else ports.beat()
      },
      rejected: (error) => reports.undecodable(error, epoch),
      drift: (name) => drift.count(name),
    }
    const read: ReadLater<E> = ({ epoch: keptEpoch, received_at }, bytes) =>
      // What was skimmed can be read.
      (decoder as Decoder<E>).read(bytes, keptEpoch, received_at)
    const skim = later && skimFor(later, counters, meter, read)
    const decoder = endpoint.createDecoder(sink, { reader, skim, counts: counters })
    return frames$.subscribe({
      next(raw) {
        // The one look at the clock for a frame: it is the time of receipt and the sign of life.
        const nowMs = environment.now()
        record.sign(nowMs)
        connectionTap.frame(raw, nowMs)
        meter?.ahead(nowMs, counters)
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

/** A frame that is skimmed counts as the event that it is. */
function skimFor<E>(
  later: LaterFrames<E>,
  counters: ConnectionCounters,
  meter: ConnectionMeter | undefined,
  read: ReadLater<E>,
): Skim {
  return {
    interest: (type, code) => later.interest(type, code),
    unwanted(type) {
      countEvent(counters, type)
      counters.unrouted++
    },
    state(head, bytes) {
      const { type, stream_type, timestamp, received_at } = head
      countEvent(counters, type)
      if (stream_type === 'REALTIME') meter?.live(type, timestamp, received_at)
      later.keep(head, bytes, read)
    },
  }
}

function countEvent(counters: ConnectionCounters, type: AnyType): void {
  counters.events++
  counters.byType[type] = (counters.byType[type] ?? 0) + 1
}
