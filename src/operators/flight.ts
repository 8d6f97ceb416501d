/**
 * What is in a handler's hands: one item, from the call until the handler returned or its promise settled. `Delivery`
 * hands over; it is told once of each item how it landed, before or after `hand` returns.
 */
import { isThenable } from './is-thenable'

export type FlightKind = 'value' | 'notice'

export interface FlightPorts<T> {
  /** The handler. */
  deliver(item: T): unknown
  /** The hands are free again. `failure` is there when the handler threw or its promise rejected. */
  landed(item: T, kind: FlightKind, failure: { readonly error: unknown } | undefined): void
}

export class Flight<T> {
  readonly #ports: FlightPorts<T>
  #kind: FlightKind | undefined
  /** The number of the promise that is awaited, 0 for none: one that settles twice or too late is told from it. */
  #awaiting = 0
  #awaits = 0

  constructor(ports: FlightPorts<T>) {
    this.#ports = ports
  }

  get isFree(): boolean {
    return this.#kind === undefined
  }

  /** Whether a value is in the handler's hands; a notice is in no account. */
  get hasValue(): boolean {
    return this.#kind === 'value'
  }

  /** Only while the hands are free. */
  hand(item: T, kind: FlightKind): void {
    this.#kind = kind
    let result: unknown
    try {
      result = this.#ports.deliver(item)
    } catch (error) {
      this.threw(item, error)
      return
    }
    this.returned(item, result)
  }

  /** The handler has a value that somebody else handed to it; `returned` or `threw` follows. */
  hold(): void {
    this.#kind = 'value'
  }

  returned(item: T, result: unknown): void {
    try {
      if (isThenable(result)) {
        this.#await(item, result)
        return
      }
    } catch (error) {
      // A `then` that cannot even be read.
      this.threw(item, error)
      return
    }
    this.#land(item, undefined)
  }

  threw(item: T, error: unknown): void {
    this.#land(item, { error })
  }

  /** Awaits a promise no longer, since its work was stopped; says whether there was one, of a value. */
  cut(): boolean {
    if (this.#awaiting === 0) return false
    const { hasValue } = this
    this.#awaiting = 0
    this.#kind = undefined
    return hasValue
  }

  /** `then` is called on the result itself: a thenable that settles at once needs no microtask, so virtual time works. */
  #await(item: T, result: PromiseLike<unknown>): void {
    const id = ++this.#awaits
    this.#awaiting = id
    const settle = (failure: { readonly error: unknown } | undefined): void => {
      if (id !== this.#awaiting) return
      this.#awaiting = 0
      this.#land(item, failure)
    }
    try {
      result.then(
        () => settle(undefined),
        (error: unknown) => settle({ error }),
      )
    } catch (error) {
      settle({ error })
    }
  }

  #land(item: T, failure: { readonly error: unknown } | undefined): void {
    const kind = this.#kind as FlightKind
    this.#kind = undefined
    this.#ports.landed(item, kind, failure)
  }
}
