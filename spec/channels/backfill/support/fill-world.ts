/** A hub with a history on an exchange in memory: trades that are published reach both, as far as there is a line. */
import { Hub } from '../../../../src/channels/hub'
import type { Consumer } from '../../../../src/channels/consumer'
import type { Delivered } from '../../../../src/channels/consumer-config'
import type { AnyConsumerOptions } from '../../../../src/channels/consumer-options'
import type { TradeFrame } from '../../../../src/protocol/trade'
import type { PublicType } from '../../../../src/protocol/wire'
import { streamKey } from '../../../../src/registry/stream-key'
import { aTrade, virtualStartMs } from '../../../../src/testing'
import { laneWorld } from '../../support/lane-world'
import type { TradePoint } from '../../../../src/channels/backfill/trade-rows'
import type { HistoryOptions } from './model-history'
import { ModelHistory } from './model-history'

export function fillWorld(history: Omit<HistoryOptions, 'environment'> = {}, startMs = 0) {
  const world = laneWorld()
  const { exchange, ports, time } = world
  time.pass(startMs)
  const past = new ModelHistory({ environment: ports.environment, ...history })
  const hub = new Hub({ ...ports, backfill: past })

  /** A consumer of its own, with what it got. */
  function consumer(
    options: AnyConsumerOptions,
    codes: readonly string[] = ['KRW-BTC'],
    handler: (event: Delivered) => unknown = () => undefined,
    type: PublicType = 'trade',
  ) {
    const got: Delivered[] = []
    const log: string[] = []
    const made: Consumer = hub.enrol({
      kind: type === 'trade' ? 'trade' : 'candle',
      keys: codes.map((code) => streamKey(type, code)),
      options,
      owner: {},
      target: {
        next: (event) => {
          got.push(event)
          return handler(event)
        },
        complete: () => log.push('complete'),
        error: (error) => log.push(error.code),
      },
    })
    made.enter()
    return { consumer: made, got, log, ids: () => got.flatMap(idOf), words: () => got.map(wordOf) }
  }

  /** Executed `lateMs` ago, and published now. */
  function publish(id: number | string, lateMs = 0, fields: Partial<TradeFrame> = {}): TradeFrame {
    const timestamp = virtualStartMs + time.nowMs
    const frame = aTrade({
      timestamp,
      trade_timestamp: timestamp - lateMs,
      sequential_id: String(id),
      ...fields,
    })
    past.publish(frame)
    exchange.snapshot({ ...frame, stream_type: 'SNAPSHOT' })
    exchange.emit(frame)
    return frame
  }

  return { ...world, hub, past, consumer, publish, now: () => virtualStartMs + time.nowMs }
}

function idOf(event: Delivered): string[] {
  return event.type === 'trade' ? [event.sequential_id] : []
}

/** `12`: a trade of the socket; `(12)`: of REST; `closed`: a gap. */
function wordOf(event: Delivered): string {
  if (event.type === 'gap') return event.reason === undefined ? event.phase : `${event.phase} ${event.reason}`
  const id =
    'candle_date_time_utc' in event
      ? event.candle_date_time_utc.slice(11, 16)
      : (event as TradePoint).sequential_id
  return event.source === 'rest' ? `(${id})` : id
}
