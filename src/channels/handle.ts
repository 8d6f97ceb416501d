/** A consumer as a handler: the callback may be asynchronous, may fail, and stays subscribed (C4.7). */
import type { Tally } from '../operators/delivery'

/** What `subscribe…` and `consume` return. */
export interface UpbitSubscription extends Disposable {
  readonly name: string
  /** Whether it has ended: unsubscribed, completed or failed. */
  readonly closed: boolean
  /** Its account at this moment; the equation of C6.2 holds. */
  readonly tally: Tally
  /** Leaves at once; what waits is discarded. Idempotent. */
  unsubscribe(): void
}

/** A handle over `leave`, that a signal ends too. */
export function createHandle(config: {
  readonly name: string
  tally(): Tally
  leave(): void
  isClosed(): boolean
  readonly signal: AbortSignal | undefined
}): UpbitSubscription {
  const { name, leave, signal } = config
  const unsubscribe = (): void => {
    signal?.removeEventListener('abort', unsubscribe)
    leave()
  }
  if (signal?.aborted === true) unsubscribe()
  else signal?.addEventListener('abort', unsubscribe)
  return {
    name,
    get closed() {
      return config.isClosed()
    },
    get tally() {
      return config.tally()
    },
    unsubscribe,
    [Symbol.dispose]: unsubscribe,
  }
}
