/**
 * One consumer: a bounded buffer between the routes it has and the callback it is, and the account of both. The same
 * for a subscriber of `ticker$` and for a handler of `subscribeTicker`; they differ in who is called.
 */
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import type { DropRun, Ready, Tally } from '../operators/delivery'
import { Delivery } from '../operators/delivery'
import type { EventKind, PublicEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import { streamKeyId } from '../registry/stream-key'
import type { OrderbookOptions } from './consumer-options'
import type { GapEvent } from './gap-event'

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
  /** It ended by itself and has to leave its routes. */
  leave(): void
}

const tradeCapacity = 1024
/** A candle's key has its period: so many periods a code may wait before the oldest is dropped. */
const periodsPerCode = 64

export class Consumer {
  readonly name: string
  readonly keys: readonly StreamKey[]
  private readonly delivery: Delivery<PublicEvent | GapEvent>
  private readonly awaited: Set<string> | undefined
  private readonly units: number | undefined
  private readonly takesSnapshots: boolean
  private ending: UpbitError | undefined

  constructor(private readonly config: ConsumerConfig) {
    const { kind, keys, options, target, environment } = config
    this.name = config.name
    this.keys = keys
    this.units = options.units
    this.takesSnapshots = options.only !== 'realtime'
    this.awaited = options.only === 'snapshot' ? new Set(keys.map(({ id }) => id)) : undefined
    const { capacity, overflow, maxAgeMs } = options.buffer ?? {}
    const isTrade = kind === 'trade'
    const defaultCapacity = isTrade ? tradeCapacity : keys.length * (kind === 'candle' ? periodsPerCode : 1)
    this.delivery = new Delivery<PublicEvent | GapEvent>({
      deliver: (event) => target.deliver(event),
      capacity:
        capacity ?? (overflow === undefined || overflow === 'coalesce' ? defaultCapacity : tradeCapacity),
      overflow: overflow ?? (isTrade ? 'drop-oldest' : 'coalesce'),
      keyOf: identityOf,
      ready: readyOf(options.deliver, environment),
      ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
      now: () => environment.now(),
      onDropRun: (run) => this.dropped(run),
      onFailure: (error) => target.failed?.(error),
      onOverflow: () => this.overflowed(),
      onDrained: () => {
        config.leave()
        if (this.ending === undefined) target.complete()
        else target.error(this.ending)
      },
    })
  }

  get tally(): Tally {
    return this.delivery.tally
  }

  /** Whether a late consumer is given the newest state. */
  get takesMemory(): boolean {
    return this.takesSnapshots
  }

  offer(event: PublicEvent): void {
    if (!this.takesSnapshots && event.stream_type === 'SNAPSHOT') return
    if (this.awaited?.delete(keyIdOf(event)) === false) return
    this.delivery.offer(this.units === undefined ? event : withUnits(event, this.units))
    if (this.awaited?.size === 0) this.delivery.finish()
  }

  /** A gap of every consumer of a stream; told in band to those who asked. */
  notice(gap: GapEvent): void {
    if (this.config.options.gaps === true) this.delivery.notice(gap)
  }

  /** It can never deliver again: what waits is delivered, then the error. */
  fail(error: UpbitError): void {
    this.ending = error
    this.delivery.finish()
  }

  /** The application ends it: what waits is discarded. */
  discard(): void {
    this.delivery.discard()
  }

  private dropped(run: DropRun<PublicEvent | GapEvent>): GapEvent | undefined {
    const { first, last, count, reason } = run
    // Gaps are never dropped, so both ends of a run are events; the compiler cannot know.
    if (first.type === 'gap' || last.type === 'gap') return undefined
    const gap: GapEvent = {
      type: 'gap',
      id: this.config.environment.newId(),
      phase: 'abandoned',
      cause: reason,
      event: first.type,
      ...(this.keys.length === 1 ? { code: first.code } : {}),
      epochs: [first.epoch, last.epoch],
      from_ms: first.received_at,
      to_ms: last.received_at,
      count,
      consumer: this.name,
    }
    this.config.lost(gap)
    return this.config.options.gaps === true ? gap : undefined
  }

  private overflowed(): void {
    const nextStep = 'Raise buffer.capacity, make the consumer faster, or choose another buffer.overflow.'
    this.config.leave()
    this.config.target.error(
      new UpbitError('BUFFER_OVERFLOW', `The buffer of ${this.name} overflowed. ${nextStep}`, {
        option: 'buffer.capacity',
        consumer: this.name,
        nextStep,
      }),
    )
  }
}

function readyOf(deliver: OrderbookOptions['deliver'], environment: Environment): Ready {
  if (deliver === undefined || deliver === 'sync') return 'always'
  return deliver === 'task' ? () => environment.timer$(0) : deliver
}

/** What coalescing replaces: the state of a key; of a candle, the state of a period (C5.2). */
function identityOf(event: PublicEvent | GapEvent): string {
  if (event.type === 'gap') return event.id
  const id = keyIdOf(event)
  return 'candle_date_time_utc' in event ? `${id} ${event.candle_date_time_utc}` : id
}

function keyIdOf(event: PublicEvent): string {
  return streamKeyId(event.type, event.code, 'level' in event ? event.level : 0)
}

function withUnits(event: PublicEvent, units: number): PublicEvent {
  if (event.type !== 'orderbook' || event.orderbook_units.length <= units) return event
  return { ...event, orderbook_units: event.orderbook_units.slice(0, units) }
}
