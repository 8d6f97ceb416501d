/**
 * One consumer: a bounded buffer between the routes it has and the callback it is, and the account of both. The same
 * for a subscriber of `ticker$` and for a handler of `subscribeTicker`; they differ in who is called.
 *
 * It leaves its routes as soon as it needs nothing more of them, and is over when the last thing that waited has been
 * delivered: a refused entry must not stay on the wire for as long as a slow handler takes.
 */
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { DropRun, Tally } from '../operators/delivery'
import { Delivery } from '../operators/delivery'
import type { EventKind, PublicEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import { bufferOverflowed, notifierFailed } from './consumer-errors'
import type { OrderbookOptions } from './consumer-options'
import { keyIdOf } from './event-key'
import type { GapEvent } from './gap-event'
import { PendingNotices } from './pending-notices'
import { readyOf } from './ready-of'

export interface ConsumerTarget {
  /** Gets each event, and each gap if asked for; may return a promise. */
  deliver(event: PublicEvent | GapEvent): unknown
  /** What the callback threw or rejected with. */
  failed?(error: unknown): void
  complete(): void
  error(error: UpbitError): void
}

export interface ConsumerConfig {
  readonly name: string
  readonly kind: EventKind
  readonly keys: readonly StreamKey[]
  readonly options: OrderbookOptions
  readonly target: ConsumerTarget
  readonly environment: Environment
  /** A loss of this consumer alone. */
  lost(gap: GapEvent): void
  /** It needs nothing more from its routes. Once. */
  leave(): void
  /** Nothing more will be delivered to it. Once, after `leave`. */
  over?(): void
  /** Something went wrong that is neither its callback's fault nor its end. */
  problem?(error: UpbitError): void
}

const tradeCapacity = 1024
/** A candle's key has its period: so many periods a code may wait before the oldest is dropped. */
const periodsPerCode = 64

export class Consumer {
  readonly name: string
  private readonly delivery: Delivery<PublicEvent | GapEvent>
  private readonly awaited: Set<string> | undefined
  private readonly units: number | undefined
  private readonly notices = new PendingNotices()
  private readonly takesSnapshots: boolean
  /** `leaving`: off its routes, delivering what waits. */
  private state: 'open' | 'leaving' | 'over' = 'open'
  private ending: UpbitError | undefined

  constructor(private readonly config: ConsumerConfig) {
    const { name, kind, keys, options, target, environment } = config
    this.name = name
    this.units = options.units
    this.takesSnapshots = options.only !== 'realtime'
    this.awaited = options.only === 'snapshot' ? new Set(keys.map(({ id }) => id)) : undefined
    const { capacity, overflow, maxAgeMs } = options.buffer ?? {}
    const isTrade = kind === 'trade'
    const defaultCapacity = isTrade ? tradeCapacity : keys.length * (kind === 'candle' ? periodsPerCode : 1)
    this.delivery = new Delivery<PublicEvent | GapEvent>({
      deliver: (event) => target.deliver(event.type === 'gap' ? this.notices.take(event) : event),
      capacity:
        capacity ?? (overflow === undefined || overflow === 'coalesce' ? defaultCapacity : tradeCapacity),
      overflow: overflow ?? (isTrade ? 'drop-oldest' : 'coalesce'),
      keyOf: identityOf,
      ready: readyOf(options.deliver, environment),
      ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
      now: () => environment.now(),
      onDropRun: (run) => this.dropped(run),
      onFailure: (error) => target.failed?.(error),
      onFault: (cause) => config.problem?.(notifierFailed(name, cause)),
      // Under `error` the first drop decides the end; only the error itself waits for what came before.
      ...(overflow === 'error' ? { onDrop: (_, reason) => this.overflowing(reason) } : {}),
      onOverflow: () => this.end(bufferOverflowed(name)),
      onDrained: () => this.end(this.ending),
    })
  }

  get tally(): Tally {
    return this.delivery.tally
  }

  /** Whether it takes events. */
  get isOpen(): boolean {
    return this.state === 'open'
  }

  /** Whether nothing more will be delivered to it. */
  get isOver(): boolean {
    return this.state === 'over'
  }

  /** Whether a late consumer is given the newest state. */
  get takesMemory(): boolean {
    return this.takesSnapshots
  }

  offer(event: PublicEvent): void {
    // A fan-out under way still has it in its list when it has just left.
    if (this.state !== 'open') return
    if (!this.takesSnapshots && event.stream_type === 'SNAPSHOT') return
    if (this.awaited?.delete(keyIdOf(event)) === false) return
    this.delivery.offer(this.units === undefined ? event : withUnits(event, this.units))
    if (this.awaited?.size === 0) this.finish(undefined)
  }

  /** A gap of every consumer of a stream; told in band to those who asked. */
  notice(gap: GapEvent): void {
    if (this.state !== 'open' || this.config.options.gaps !== true) return
    if (this.notices.admit(gap)) this.delivery.notice(gap)
  }

  /** It can never deliver again: what waits is delivered, then the error. */
  fail(error: UpbitError): void {
    this.finish(error)
  }

  /** The application ends it: what waits is discarded. */
  discard(): void {
    if (this.state === 'over') return
    this.leave('over')
    this.delivery.discard()
    this.config.over?.()
  }

  private finish(error: UpbitError | undefined): void {
    if (this.state !== 'open') return
    this.ending = error
    this.leave('leaving')
    this.delivery.finish()
  }

  private overflowing(reason: 'overflow' | 'expired'): void {
    if (reason === 'overflow') this.leave('leaving')
  }

  private leave(next: 'leaving' | 'over'): void {
    const { state } = this
    this.state = next
    if (state === 'open') this.config.leave()
  }

  private end(error: UpbitError | undefined): void {
    this.state = 'over'
    this.config.over?.()
    if (error === undefined) this.config.target.complete()
    else this.config.target.error(error)
  }

  private dropped(run: DropRun<PublicEvent | GapEvent>): GapEvent | undefined {
    const { first, last, count, reason } = run
    // Gaps are never dropped, so both ends of a run are events; the compiler cannot know.
    if (first.type === 'gap' || last.type === 'gap') return undefined
    const { keys, environment, options } = this.config
    // Of one entry it can be said what was lost; of several, only that something was.
    const [only] = keys.length === 1 ? keys : []
    const gap: GapEvent = {
      type: 'gap',
      id: environment.newId(),
      phase: 'abandoned',
      cause: reason,
      event: first.type,
      ...(only === undefined ? {} : { code: only.code }),
      ...(only === undefined || only.level === 0 ? {} : { level: only.level }),
      epochs: [first.epoch, last.epoch],
      from_ms: first.received_at,
      to_ms: last.received_at,
      count,
      consumer: this.name,
    }
    this.config.lost(gap)
    return options.gaps === true ? gap : undefined
  }
}

/** What coalescing replaces: the state of a key; of a candle, the state of a period (C5.2). */
function identityOf(event: PublicEvent | GapEvent): string {
  if (event.type === 'gap') return event.id
  const id = keyIdOf(event)
  return 'candle_date_time_utc' in event ? `${id} ${event.candle_date_time_utc}` : id
}

function withUnits(event: PublicEvent, units: number): PublicEvent {
  if (event.type !== 'orderbook' || event.orderbook_units.length <= units) return event
  return { ...event, orderbook_units: event.orderbook_units.slice(0, units) }
}
