/**
 * What rxjs makes of `.subscribe(observer)`, in one object. Its own is three, with code that every operator of the
 * application runs through as well and the engine therefore cannot inline (docs/adr/0010). The rules are rxjs's: what a
 * callback throws, and an error that nobody takes, are reported in a later turn; an observer is let go of at the end.
 */
import type { Observer } from 'rxjs'
import { Subscriber } from 'rxjs'
import { rethrowLater } from '../operators/rethrow-later'

const over: Partial<Observer<unknown>> = {}

// eslint-disable-next-line rxjs-x/no-subclass -- `Observable.subscribe` takes a Subscriber as it is and wraps all else
export class PlainSubscriber<T> extends Subscriber<T> {
  #observer: Partial<Observer<T>>

  constructor(observer: Partial<Observer<T>>) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- meant for no application; the class is the one way in
    super()
    this.#observer = observer
  }

  /** The one that counts; the other notifications come once, and rxjs's own code leads to `_error` and `_complete`. */
  override next(value: T): void {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- rxjs's own rule: `closed` comes after the observer has heard
    if (this.isStopped) {
      super.next(value)
      return
    }
    try {
      this.#observer.next?.(value)
    } catch (error) {
      rethrowLater(error)
    }
  }

  override unsubscribe(): void {
    try {
      super.unsubscribe()
    } finally {
      this.#observer = over
    }
  }

  protected override _error(error: unknown): void {
    const observer = this.#observer
    this.end(() => {
      if (observer.error) observer.error(error)
      else rethrowLater(error)
    })
  }

  protected override _complete(): void {
    const observer = this.#observer
    this.end(() => observer.complete?.())
  }

  /** The observer hears of it first, then comes the teardown, which may throw. */
  private end(tell: () => void): void {
    try {
      tell()
    } catch (error) {
      rethrowLater(error)
    }
    this.unsubscribe()
  }
}
