/**
 * What a full buffer does, and the error of the one policy that ends the stream. The policies are part of the public
 * options; `Delivery` carries them out.
 */
import { UpbitError } from '../base/errors'

/**
 * What happens to a value that comes when the buffer is full.
 *
 * - `'drop-oldest'`: the value that waited longest is dropped, the new one is kept.
 * - `'drop-newest'`: the new value is dropped.
 * - `'coalesce'`: one value a key, the newest, in the order in which the keys came; `capacity` counts keys, and a new
 *   key on a full buffer drops the oldest key.
 * - `'error'`: the new value is dropped, what waits is delivered, then the stream errors with `BUFFER_OVERFLOW`.
 */
export type Overflow = 'drop-oldest' | 'drop-newest' | 'coalesce' | 'error'

export const overflowPolicies: readonly Overflow[] = ['drop-oldest', 'drop-newest', 'coalesce', 'error']

/** The error of policy `'error'`; `option` is the caller's name of the option that raises the limit. */
export function overflowError(capacity: number, option = 'capacity'): UpbitError {
  const nextStep = `raise \`${option}\`, make the consumer faster, or choose an overflow policy that may lose values`
  return new UpbitError('BUFFER_OVERFLOW', `A buffer of ${capacity} values overflowed: ${nextStep}.`, {
    option,
    nextStep,
  })
}
