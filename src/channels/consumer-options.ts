/** The options of one consumer, checked at the call (C2.3). They never change what another consumer gets. */
import type { Observable, SchedulerLike } from 'rxjs'
import { isObservable } from 'rxjs'
import { UpbitError } from '../base/errors'
import type { Overflow } from '../operators/overflow'
import { overflowPolicies } from '../operators/overflow'
import type { EventKind } from '../protocol/events'

export interface BufferOptions {
  /** Events that may wait, from 1; under `coalesce` it counts keys. Default: trades 1,024; states one slot a key. */
  readonly capacity?: number
  /** What a full buffer does. Default: trades `drop-oldest`, states `coalesce`. */
  readonly overflow?: Overflow
  /** Events that waited longer than this, ms, are dropped instead of delivered. Default: none are. */
  readonly maxAgeMs?: number
}

export interface ConsumerOptions {
  /** Names the consumer in errors, gaps and metrics. Default: made of its stream and a number. */
  readonly name?: string
  /**
   * `'snapshot'`: the first event of each code, from memory or wire, then complete. `'realtime'`: no memory, no
   * SNAPSHOT. Default: everything.
   */
  readonly only?: 'snapshot' | 'realtime'
  readonly buffer?: BufferOptions
  /**
   * When events are delivered: `'sync'` in the turn in which they come; `'task'` in a turn of the consumer's own; a
   * scheduler in a turn of it; an Observable at each of its emissions, all that waits at once. Default `'sync'`.
   */
  readonly deliver?: 'sync' | 'task' | SchedulerLike | Observable<unknown>
  /** `true`: gaps come in band, as events of type `gap`, where the loss happened. */
  readonly gaps?: boolean
  /** Ends the consumer: a stream completes, a handler is unsubscribed. */
  readonly signal?: AbortSignal
}

export interface OrderbookOptions extends ConsumerOptions {
  /** How many units of the window this consumer gets, best first, from 1; cut locally, totals are the wire's. */
  readonly units?: number
  /** Price grouping in won, for the levels that the market supports. Default 0: none. */
  readonly level?: number
}

export function invalidOption(option: string, value: unknown, allowed: string): UpbitError {
  const shown = typeof value === 'string' ? `'${value}'` : String(value)
  return new UpbitError('INVALID_OPTION', `${option} is ${shown}; allowed: ${allowed}.`, {
    option,
    nextStep: `Set ${option} to ${allowed}.`,
  })
}

function oneOf(option: string, value: unknown, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value as string)) {
    throw invalidOption(option, value, allowed.map((item) => `'${item}'`).join(', '))
  }
}

function wholeFrom(option: string, value: unknown, least: number): void {
  if (value === undefined) return
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    throw invalidOption(option, value, `a whole number from ${least}`)
  }
}

/** Throws `INVALID_OPTION` for the first option that is out of range. */
export function checkConsumerOptions(kind: EventKind, options: OrderbookOptions): void {
  oneOf('only', options.only, ['snapshot', 'realtime'])
  const { capacity, overflow, maxAgeMs } = options.buffer ?? {}
  wholeFrom('buffer.capacity', capacity, 1)
  oneOf('buffer.overflow', overflow, overflowPolicies)
  if (maxAgeMs !== undefined && !(typeof maxAgeMs === 'number' && maxAgeMs > 0)) {
    throw invalidOption('buffer.maxAgeMs', maxAgeMs, 'a number of milliseconds above 0')
  }
  if (kind === 'trade' && overflow === 'coalesce') {
    throw invalidOption(
      'buffer.overflow',
      overflow,
      "'drop-oldest', 'drop-newest', 'error' (each trade counts)",
    )
  }
  checkDeliver(options.deliver)
  wholeFrom('units', options.units, 1)
  wholeFrom('level', options.level, 0)
  if (kind !== 'orderbook') {
    for (const option of ['units', 'level'] as const) {
      if (options[option] !== undefined)
        throw invalidOption(option, options[option], 'nothing here: order books only')
    }
  }
}

export function checkDeliver(deliver: unknown): void {
  const known =
    deliver === undefined ||
    deliver === 'sync' ||
    deliver === 'task' ||
    isObservable(deliver) ||
    (typeof deliver === 'object' && deliver !== null && 'schedule' in deliver)
  if (!known) throw invalidOption('deliver', deliver, "'sync', 'task', a scheduler or an Observable")
}
