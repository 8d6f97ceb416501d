/** What a consumer is made of: what it receives, how, and who is called. */
import type { UpbitError } from '../base/errors'
import type { Tally } from '../operators/delivery'
import type { EventKind } from '../protocol/events'
import type { BackfilledEvent } from '../protocol/rest-event'
import type { StreamEvent } from '../protocol/stream-event'
import type { InfoType, PrivateType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { AnyConsumerOptions } from './consumer-options'
import type { GapEvent } from './gap-event'
import type { Owner } from './owner'
import type { Selection } from './selection'

/** What a consumer receives: of an account and of what is worked out of market data, Upbit's own types. */
export type ConsumerKind = EventKind | PrivateType | InfoType

export interface ConsumerConfig {
  readonly kind: ConsumerKind
  readonly keys: readonly StreamKey[]
  readonly options: AnyConsumerOptions
  readonly target: ConsumerTarget
  /** What it is offered of the events of its entries. Default: what its options say. */
  readonly selection?: Selection | undefined
  /** What coalescing replaces of its events. Default: the state of an entry, of a candle that of a period. */
  readonly identityOf?: ((event: StreamEvent | BackfilledEvent) => string) | undefined
  /** Who ends it together with all else that is theirs. */
  readonly owner: Owner
  /** Cannot be collected while the consumer is there. Nothing reads it. */
  keeps?: object | undefined
}

/** Member by member: a spread copy costs a consumer some 270 bytes more (`npm run bench -- --only heap`). */
export function ownedBy(
  owner: Owner,
  { kind, keys, options, target, selection, identityOf, keeps }: Omit<ConsumerConfig, 'owner'>,
): ConsumerConfig {
  return { kind, keys, options, target, selection, identityOf, owner, keeps }
}

/** Whatever a target may be given. */
export type Delivered = StreamEvent | BackfilledEvent | GapEvent

/**
 * Who a consumer calls. The shape is an rxjs observer's, so that a subscriber of `ticker$` is one itself, with nothing
 * between; for a handler of `subscribe…` see `HandlerTarget`.
 */
export interface ConsumerTarget {
  /** Gets each event, and each gap if asked for; may return a promise. */
  next(event: Delivered): unknown
  /** What `next` threw or rejected with, and the name of the consumer. */
  failed?(error: unknown, consumer: string): void
  complete(): void
  error(error: UpbitError): void
}

/** A consumer in the hands of whoever made it: entered once, left once. */
export interface Membership {
  readonly name: string
  readonly tally: Tally
  /** Whether nothing more will be delivered to it. */
  readonly isOver: boolean
  /** From now on it receives: memory in this very turn. Does nothing when it is over already. */
  enter(): void
  /** Leaves the routes and discards what waits; its target is told nothing. Idempotent. */
  unsubscribe(): void
}
