/**
 * The entry point `upbit-rx/operators`: the operators that know nothing of Upbit, for any stream. Importing it opens
 * nothing and starts nothing.
 *
 * @module upbit-rx/operators
 */
export { backoffDelayMs } from './operators/backoff'
export type { Backoff } from './operators/backoff'
export { boundedBuffer } from './operators/bounded-buffer'
export type { BoundedBufferOptions, Work } from './operators/bounded-buffer'
export type { BufferOptions } from './operators/buffer-options'
export type { Overflow } from './operators/overflow'
export { retryWithBackoff } from './operators/retry-with-backoff'
export type { BackoffWait, RetryWithBackoffOptions } from './operators/retry-with-backoff'
export { switchEpoch } from './operators/switch-epoch'
export type { DropReason, DropRun, Tally } from './operators/tally'
export { toAsyncIterable } from './operators/to-async-iterable'
export type { AsyncIterableSink, ToAsyncIterableOptions } from './operators/to-async-iterable'
