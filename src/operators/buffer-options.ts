/**
 * The options that every bounded buffer of the public operators shares, and their check. A wrong option is a mistake in
 * the program and throws at the call, before anything is subscribed.
 */
import { checkNames } from '../base/check-names'
import { realEnvironment, type Environment } from '../base/environment'
import { invalidOption } from '../base/invalid-option'
import { overflowPolicies, type Overflow } from './overflow'
import type { DropReason, Tally } from './tally'

/** How much may wait, and what happens when it is full. */
export interface BufferOptions<T> {
  /** How many values may wait, from 1; under `'coalesce'` how many keys. The value being worked on is not among them. */
  readonly capacity: number
  /** What a full buffer does. */
  readonly overflow: Overflow
  /** The key of a value under `'coalesce'`. Without it all values have one key: only the newest waits. */
  readonly keyOf?: (value: T) => unknown
  /** Milliseconds: a value that has waited longer when its turn comes is dropped. Default: no limit. */
  readonly maxAgeMs?: number
  /** Sees every dropped value. What it throws ends the stream with that error. */
  readonly onDrop?: (value: T, reason: DropReason) => void
  /**
   * Called at each subscription with a function that reads that subscription's exact account, at any moment: inside a
   * callback, and after the end too.
   */
  readonly onTally?: (read: () => Tally) => void
  /** The clock for `maxAgeMs`. Default: the real one. */
  readonly environment?: Environment
}

const known = ['capacity', 'overflow', 'keyOf', 'maxAgeMs', 'onDrop', 'onTally', 'environment']

/** Throws `INVALID_OPTION`, naming the option, the value and what is allowed; `more` are names of the operator's own. */
export function checkBufferOptions<T>(options: BufferOptions<T>, more: readonly string[] = []): void {
  checkNames(options, [...known, ...more])
  const { capacity, overflow, keyOf, maxAgeMs, onDrop, onTally } = options
  if (!Number.isSafeInteger(capacity) || capacity < 1) refuse('capacity', capacity, 'a whole number from 1')
  if (!overflowPolicies.includes(overflow)) refuse('overflow', overflow, overflowPolicies.join(', '))
  if (maxAgeMs !== undefined && !(maxAgeMs > 0)) refuse('maxAgeMs', maxAgeMs, 'milliseconds above 0')
  if (keyOf !== undefined && overflow !== 'coalesce') {
    refuse('keyOf', keyOf, `nothing with overflow '${overflow}': keys are for 'coalesce'`)
  }
  for (const [name, callback] of Object.entries({ keyOf, onDrop, onTally })) {
    if (callback !== undefined && typeof callback !== 'function') refuse(name, callback, 'a function')
  }
}

/** The clock that a `Delivery` with these options needs. */
export function clockOf<T>(options: BufferOptions<T>): () => number {
  const environment = options.environment ?? realEnvironment
  return () => environment.now()
}

function refuse(option: string, value: unknown, allowed: string): never {
  throw invalidOption(option, value, allowed)
}
