/** What must not be garbage as long as something else is not, where nothing needs the reference itself. */
import type { UpbitSubscription } from './handle'

const kept = new WeakMap<object, object>()

/** Whoever holds the handle, or its `unsubscribe` alone, holds `what` too. */
export function keepWith(handle: UpbitSubscription, what: object | undefined): UpbitSubscription {
  if (what !== undefined) {
    kept.set(handle, what)
    kept.set(handle.unsubscribe, what)
  }
  return handle
}
