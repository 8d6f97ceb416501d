/**
 * The bounded buffer of a consumer: its capacity and policy (C6.1), its notices, and its runs of drops told as gaps (C7).
 * A consumer makes one at its first need and keeps it.
 */
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { DropReason, DropRun } from '../operators/delivery'
import { Delivery } from '../operators/delivery'
import type { BackfilledEvent } from '../protocol/rest-event'
import type { StreamEvent } from '../protocol/stream-event'
import type { StreamKey } from '../registry/stream-key'
import { bufferPolicy } from './buffer-policy'
import { bufferOverflowed, notifierFailed } from './consumer-errors'
import type { AnyConsumerOptions } from './consumer-options'
import type { ConsumerKind, ConsumerTarget, Delivered } from './consumer-config'
import { DroppedEvents, spanning } from './backfill/dropped-events'
import type { DroppedEvent } from './backfill/dropped-events'
import type { HoldMark } from './backfill/hold-mark'
import type { DropKeeper } from './drop-keeper'
import { keyIdOf } from './event-key'
import type { GapEvent } from './gap-event'
import { LatestState } from './latest-state'
import type { PendingNotices } from './pending-notices'
import { readyOf } from './ready-of'
import { withUnits } from './selection'

export interface ConsumerDeliveryPorts {
  readonly name: string
  readonly kind: ConsumerKind
  readonly keys: readonly StreamKey[]
  readonly options: AnyConsumerOptions
  readonly identityOf?: ((event: StreamEvent | BackfilledEvent) => string) | undefined
  readonly target: ConsumerTarget
  /** There for who asked for gaps in band. */
  readonly notices: PendingNotices | undefined
  readonly environment: Environment
  /** A loss of this consumer alone. */
  lost(gap: GapEvent): void
  /** What this consumer wants back. Says the gap as it was told; `undefined`: it has to be told. */
  refill(gap: GapEvent, dropped: readonly DroppedEvent[]): GapEvent | undefined
  /** There for who is brought up to date instead, after its buffer was emptied. */
  readonly keeper?: DropKeeper | undefined
  /** Something went wrong that is neither its callback's fault nor its end. */
  problem(error: UpbitError): void
  /** An event goes to the target that was received at this time. */
  waited(receivedAtMs: number): void
  /** An event is lost. */
  dropped(): void
  /** Under policy `error` the first drop has come: it needs nothing more, and `ended` follows what waits. */
  overflowing(): void
  /** What waited has been delivered: after `finish`, or with the error of the overflow. */
  ended(overflow?: UpbitError): void
  /** What its target had in hand when it left has come back. */
  landed(isFailed: boolean): void
}

/** What waits for a consumer. */
export type Waiting = Delivered | LatestState | HoldMark

export function createConsumerDelivery(ports: ConsumerDeliveryPorts): Delivery<Waiting> {
  const { name, kind, keys, options, notices, target, environment, keeper, identityOf: own } = ports
  const { maxAgeMs } = options.buffer ?? {}
  const { capacity, overflow } = bufferPolicy(kind, keys, options.buffer)
  const dropped = options.backfill === undefined ? undefined : new DroppedEvents()
  const isStrict = overflow === 'error' && keeper === undefined
  const deliver = (item: Waiting): unknown => {
    // Cut here, since its selection is gone when it has left and delivers what waits.
    if (item instanceof LatestState) {
      ports.waited(item.head.received_at)
      return target.next(withUnits(item.read(), options.units))
    }
    if (item.type === 'hold') {
      const ended = item.reached()
      return ended === undefined || options.gaps !== true ? undefined : target.next(ended)
    }
    // What memory keeps was received long ago, by who was there.
    if (item.type !== 'gap' && item.source === 'socket') ports.waited(item.received_at)
    return target.next(item.type === 'gap' ? (notices?.take(item) ?? item) : item)
  }
  const delivery = new Delivery<Waiting>({
    deliver,
    capacity,
    overflow,
    keyOf: own === undefined ? identityOf : (item) => (isEvent(item) ? own(item) : identityOf(item)),
    ready: readyOf(options.deliver, environment),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    now: () => environment.now(),
    onDropRun: (run) => {
      const gap = gapOf(run, ports)
      if (gap === undefined) return undefined
      if (keeper !== undefined) {
        const told = keeper.reached(gap)
        return options.gaps === true ? told : undefined
      }
      if (dropped === undefined || run.reason !== 'overflow') {
        ports.lost(gap)
        return options.gaps === true ? gap : undefined
      }
      const events = dropped.take(run.count)
      const whole = spanning(gap, events)
      const told = ports.refill(whole, events)
      if (told === undefined) ports.lost(whole)
      return options.gaps === true ? (told ?? whole) : undefined
    },
    onFailure: (error) => target.failed?.(error, name),
    onFault: (cause) => ports.problem(notifierFailed(name, cause)),
    onDrop: (item: Waiting, reason: DropReason) => {
      ports.dropped()
      if (reason !== 'overflow') return
      // Under `error` the first drop decides the end; only the error itself waits for what came before.
      if (isStrict) ports.overflowing()
      else if (isEvent(item)) (keeper ?? dropped)?.add(item)
    },
    onOverflow: () => ports.ended(bufferOverflowed(name)),
    onDrained: () => ports.ended(),
    onLanded: (isFailed) => ports.landed(isFailed),
  })
  if (keeper !== undefined) emptyWhenFull(delivery.feed, capacity)
  return delivery
}

/** Before one would be refused all that waits is dropped, each time. */
function emptyWhenFull(feed: Delivery<Waiting>['feed'], capacity: number): void {
  feed.stretch(capacity, () => {
    emptyWhenFull(feed, capacity)
    feed.drop()
  })
}

/** What coalescing replaces: the state of a key; of a candle, the state of a period (C5.2). */
export function identityOf(item: Waiting): string {
  const event = item instanceof LatestState ? item.head : item
  if (event.type === 'hold') return event.type
  if (event.type === 'gap') return event.id
  const id = keyIdOf(event)
  return 'candle_date_time_utc' in event ? `${id} ${event.candle_date_time_utc}` : id
}

function gapOf(
  { first, last, count, reason }: DropRun<Waiting>,
  { name, keys, environment }: ConsumerDeliveryPorts,
): GapEvent | undefined {
  // Gaps are never dropped, nor are kept states, so both ends of a run are events; the compiler cannot know.
  if (!isEvent(first) || !isEvent(last)) return undefined
  // Of one entry it can be said what was lost; of several, only that something was.
  const [only] = keys.length === 1 ? keys : []
  return {
    type: 'gap',
    id: environment.newId(),
    phase: 'abandoned',
    cause: reason,
    event: first.type,
    ...(only === undefined || only.code === '' ? {} : { code: only.code }),
    ...(only === undefined || only.level === 0 ? {} : { level: only.level }),
    // What was fetched is of no session.
    epochs: [first.epoch === 0 ? last.epoch : first.epoch, last.epoch === 0 ? first.epoch : last.epoch],
    from_ms: first.received_at,
    to_ms: last.received_at,
    count,
    consumer: name,
  }
}

export function isEvent(item: Waiting): item is StreamEvent | BackfilledEvent {
  return !(item instanceof LatestState) && item.type !== 'gap' && item.type !== 'hold'
}

/**
 * Whether a consumer that is not at its turn needs of each entry only the newest state, and drops none: a drop would
 * have to tell when the dropped one came.
 */
export function keepsLatest({
  kind,
  keys,
  options: { buffer, only },
}: Pick<ConsumerDeliveryPorts, 'kind' | 'keys' | 'options'>): boolean {
  const { overflow = 'coalesce', capacity = keys.length, maxAgeMs } = buffer ?? {}
  const isState = kind === 'ticker' || kind === 'orderbook'
  return (
    isState &&
    only === undefined &&
    overflow === 'coalesce' &&
    capacity >= keys.length &&
    maxAgeMs === undefined
  )
}
