/** What `subscribe…` and `consume` return: a consumer in the hands of whoever made it. */
import type { Tally } from '../operators/delivery'

/** What `subscribe…` and `consume` return: ends the consumer, and shows its account. */
export interface UpbitSubscription extends Disposable {
  readonly name: string
  /** Whether it has ended: unsubscribed, completed or failed. */
  readonly closed: boolean
  /** Its account at this moment; the equation of C6.2 holds. */
  readonly tally: Tally
  /** Leaves at once; what waits is discarded. Idempotent, and a function by itself: it may be passed on alone. */
  readonly unsubscribe: () => void
}

/** What a handle shows; asked at each look. */
export interface Handled {
  readonly name: string
  readonly tally: Tally
  readonly isOver: boolean
}

export function createHandle(handled: Handled, unsubscribe: () => void): UpbitSubscription {
  return new Handle(handled, unsubscribe)
}

/** A class, since getters of an object literal are functions of each object. */
class Handle implements UpbitSubscription {
  readonly #handled: Handled

  constructor(
    handled: Handled,
    /** A function of its own: whoever takes it off the handle may call it. */
    readonly unsubscribe: () => void,
  ) {
    this.#handled = handled
  }

  get name(): string {
    return this.#handled.name
  }

  get closed(): boolean {
    return this.#handled.isOver
  }

  get tally(): Tally {
    return this.#handled.tally
  }

  [Symbol.dispose](): void {
    this.unsubscribe()
  }
}
