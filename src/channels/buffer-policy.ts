/** How many events of a kind wait for a consumer, and what a full buffer does, by its options and without them (C6.1). */
import type { Overflow } from '../operators/overflow'
import type { StreamKey } from '../registry/stream-key'
import type { ConsumerKind } from './consumer-config'
import type { AnyBufferOptions } from './consumer-options'

export interface BufferPolicy {
  readonly capacity: number
  readonly overflow: Overflow
}

/** Of events that each count. */
const eventCapacity = 1024
/** A candle's key has its period: so many periods a code may wait before the oldest is dropped. */
const periodsPerCode = 64

/** Of kinds whose events each count: one that is lost is not made good by the next. */
const defaultOf: Partial<Record<ConsumerKind, Overflow>> = {
  trade: 'drop-oldest',
  myOrder: 'error',
  myAsset: 'error',
  announcement: 'error',
}

export function bufferPolicy(
  kind: ConsumerKind,
  keys: readonly StreamKey[],
  { capacity, overflow: given }: AnyBufferOptions = {},
): BufferPolicy {
  // Who is brought up to date never comes to the error: it is emptied before.
  const overflow = given === 'reconcile' ? 'error' : (given ?? defaultOf[kind] ?? 'coalesce')
  const slots = keys.length * (kind === 'candle' ? periodsPerCode : 1)
  return { capacity: capacity ?? (overflow === 'coalesce' ? slots : eventCapacity), overflow }
}
