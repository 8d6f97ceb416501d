/** The options of one consumer, checked at the call (C2.3). They never change what another consumer gets. */
import type { Observable, SchedulerLike } from 'rxjs'
import { invalidOption } from '../base/invalid-option'
import type { Overflow } from '../operators/overflow'
import { overflowPolicies } from '../operators/overflow'
import type { EventKind } from '../protocol/events'
import { checkNames } from '../base/check-names'
import {
  checkBoolean,
  checkDeliver,
  checkMs,
  checkOneOf,
  checkSignal,
  checkText,
  checkWhole,
} from './option-checks'

/** The bounded buffer between a stream and its consumer (C6.1). */
export interface BufferOptions {
  /** Events that may wait, from 1; under `coalesce` it counts keys. Default: trades 1,024; states one slot a key. */
  readonly capacity?: number
  /** What a full buffer does. Default: trades `drop-oldest`, states `coalesce`. */
  readonly overflow?: Overflow
  /** Events that waited longer than this, ms, are dropped instead of delivered. Default: none are. */
  readonly maxAgeMs?: number
}

/** When events are delivered; see `ConsumerOptions.deliver`. */
export type Deliver = 'sync' | 'task' | SchedulerLike | Observable<unknown>

/** Options that every consumer has. */
export interface CommonOptions {
  /** Names the consumer in errors, gaps and metrics. Default: made of its stream and a number. */
  readonly name?: string
  /**
   * When events are delivered: `'sync'` in the turn in which they come; `'task'` in a turn of the consumer's own; a
   * scheduler in a turn of it; an Observable at each of its emissions, all that waits at once, and as they come once it
   * has completed. Default `'sync'`.
   */
  readonly deliver?: Deliver
  /** `true`: gaps come in band, as events of type `gap`, where the loss happened. Default `false`. */
  readonly gaps?: boolean
  /** Ends the consumer: a stream completes, a handler is unsubscribed. */
  readonly signal?: AbortSignal
  /**
   * For a handler of a `WebSocketClientProxy`: `true` keeps the proxy for as long as the handler is subscribed, whether
   * or not anybody holds the proxy. Elsewhere it changes nothing: nothing else is ended by garbage collection. Default
   * `false`.
   */
  readonly keepAlive?: boolean
}

/** Options of one consumer; they never change what another one gets (C2.3). */
export interface ConsumerOptions extends CommonOptions {
  /**
   * `'snapshot'`: the first event of each code, from memory or wire, then complete. `'realtime'`: no memory, no
   * SNAPSHOT. Default: everything.
   */
  readonly only?: 'snapshot' | 'realtime'
  readonly buffer?: BufferOptions
}

/** Options of a consumer of order books. */
export interface OrderbookOptions extends ConsumerOptions {
  /** How many units of the window this consumer gets, best first, from 1; cut locally, totals are the wire's. */
  readonly units?: number
  /** Price grouping in won, for the levels that the market supports. Default 0: none. */
  readonly level?: number
}

/** Whether what was missed is fetched by REST; see `BackfillOptions.backfill`. */
export type Backfill = 'ordered' | 'late'

const backfills: readonly Backfill[] = ['ordered', 'late']

/** Options of a consumer of trades or candles. */
export interface BackfillOptions extends ConsumerOptions {
  /**
   * What was missed while the line was lost, or dropped by a full buffer, is fetched by REST; these events carry
   * `source: 'rest'`. `'ordered'`: before anything that came after it, which waits meanwhile, up to 10,000 events.
   * `'late'`: when it is there, without waiting. Default: it stays missing, and `gaps$` says so.
   */
  readonly backfill?: Backfill
}

/** The bounded buffer of any consumer. */
export interface AnyBufferOptions extends Omit<BufferOptions, 'overflow'> {
  readonly overflow?: Overflow | 'reconcile'
}

/** Options of any consumer. */
export interface AnyConsumerOptions extends Omit<OrderbookOptions & BackfillOptions, 'buffer'> {
  readonly buffer?: AnyBufferOptions
}

const known = ['name', 'only', 'buffer', 'deliver', 'gaps', 'signal', 'keepAlive']
const knownOf: Readonly<Record<EventKind, readonly string[]>> = {
  ticker: known,
  orderbook: [...known, 'units', 'level'],
  trade: [...known, 'backfill'],
  candle: [...known, 'backfill'],
}

/** Throws `INVALID_OPTION` for the first option that is unknown or out of range. */
export function checkConsumerOptions(kind: EventKind, options: AnyConsumerOptions): void {
  checkNames(options, knownOf[kind])
  checkCommonOptions(options)
  checkOneOf('only', options.only, ['snapshot', 'realtime'])
  if (options.buffer !== undefined) checkBuffer(kind, options.buffer)
  checkOneOf('backfill', options.backfill, backfills)
  if (options.backfill !== undefined && options.only === 'snapshot') {
    throw invalidOption(
      'backfill',
      options.backfill,
      "nothing here: only 'snapshot' ends with the first event",
    )
  }
  checkWhole('units', options.units, 1)
  checkWhole('level', options.level, 0)
}

/** The names of the options that every consumer has, and of its buffer. */
export const commonNames = ['name', 'buffer', 'deliver', 'gaps', 'signal', 'keepAlive']

/** What every consumer may say, whatever it receives. */
export function checkCommonOptions(options: CommonOptions): void {
  checkText('name', options.name)
  checkDeliver(options.deliver)
  checkBoolean('gaps', options.gaps)
  checkSignal(options.signal)
  checkBoolean('keepAlive', options.keepAlive)
}

function checkBuffer(kind: EventKind, buffer: AnyBufferOptions): void {
  checkNames(buffer, ['capacity', 'overflow', 'maxAgeMs'], 'buffer')
  const { capacity, overflow, maxAgeMs } = buffer
  checkWhole('buffer.capacity', capacity, 1)
  checkMs('buffer.maxAgeMs', maxAgeMs)
  if (kind === 'trade' && overflow === 'coalesce') {
    const allowed = "'drop-oldest', 'drop-newest', 'error'"
    throw invalidOption('buffer.overflow', overflow, `${allowed}, since every trade counts`)
  }
  checkOneOf('buffer.overflow', overflow, overflowPolicies)
}
