/**
 * When the backlog of a consumer may move. One small machine for the four ways of saying so; `Delivery` tells it that
 * something waits, and it answers with a turn.
 */
import { isObservable, Subscription, take, type Observable, type SchedulerLike } from 'rxjs'

/**
 * When values that wait may move on.
 *
 * - `'always'`: at once, synchronously.
 * - a scheduler: all that waits, in a turn of that scheduler.
 * - an Observable: all that waits, at each of its emissions; from its completion on, at once.
 * - a function: asked for an Observable whenever a backlog begins; all that waits moves when that emits or completes.
 */
export type Ready = 'always' | SchedulerLike | Observable<unknown> | (() => Observable<unknown>)

export interface ReadinessListener {
  /** What waits now may move. */
  onTurn(): void
  /** From now on everything may move at once: the notifier has completed, or failed. */
  onAlways(): void
  /** The notifier failed; `onAlways` follows, so that nothing is stuck. */
  onFault(error: unknown): void
}

export class Readiness {
  readonly #listener: ReadinessListener
  readonly #ask: (() => Subscription) | undefined
  /** The notifier's subscription, or those of turns asked for. Each leaves it when it is done. */
  readonly #subscription = new Subscription()
  #asked = false

  /** Subscribes to an Observable at once: a hot notifier's emissions count from the start. */
  constructor(ready: Exclude<Ready, 'always'>, listener: ReadinessListener) {
    this.#listener = listener
    const turn = (): void => {
      this.#asked = false
      listener.onTurn()
    }
    const error = (reason: unknown): void => this.#fail(reason)
    if (typeof ready === 'function') {
      this.#ask = () => ready().pipe(take(1)).subscribe({ complete: turn, error })
    } else if (isObservable(ready)) {
      this.#subscription.add(ready.subscribe({ next: turn, complete: () => listener.onAlways(), error }))
    } else {
      this.#ask = () =>
        ready.schedule(function () {
          this.unsubscribe()
          turn()
        })
    }
  }

  /** Something waits that no coming turn covers yet. */
  arrived(): void {
    if (this.#asked || this.#ask === undefined || this.#subscription.closed) return
    this.#asked = true
    try {
      this.#subscription.add(this.#ask())
    } catch (error) {
      this.#fail(error)
    }
  }

  stop(): void {
    this.#subscription.unsubscribe()
  }

  #fail(error: unknown): void {
    this.#listener.onFault(error)
    this.#listener.onAlways()
  }
}
