/**
 * What rxjs makes of `.subscribe(fn)`, in one object. Its own is three, with code that every operator of the application
 * runs through as well and the engine therefore cannot inline: a thousand subscribers cost twice as much with it
 * (docs/adr/0010). The rules are rxjs's: what the function throws, and an error, are reported in a later turn.
 */
import { Subscriber } from 'rxjs'
import { rethrowLater } from '../operators/rethrow-later'

// eslint-disable-next-line rxjs-x/no-subclass -- `Observable.subscribe` takes a Subscriber as it is and wraps all else
export class PlainSubscriber<T> extends Subscriber<T> {
  readonly #handler: (value: T) => void

  constructor(handler: (value: T) => void) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- meant for no application; the class is the one way in
    super()
    this.#handler = handler
  }

  override next(value: T): void {
    if (this.closed) {
      super.next(value)
      return
    }
    try {
      // A variable, since a function is called without `this`.
      const handler = this.#handler
      handler(value)
    } catch (error) {
      rethrowLater(error)
    }
  }

  override error(error: unknown): void {
    if (this.closed) {
      super.error(error)
      return
    }
    this.unsubscribe()
    rethrowLater(error)
  }
}
