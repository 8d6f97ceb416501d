/** A handler of `subscribe…` as the target of its consumer: what it throws is reported, and it stays subscribed (C4.7). */
import type { UpbitError } from '../base/errors'
import { handlerFailed } from './consumer-errors'
import type { ConsumerTarget, Delivered } from './consumer-config'

/** A handler of whatever its consumer's keys bring. */
export type AnyHandler = (event: never) => unknown

export class HandlerTarget implements ConsumerTarget {
  constructor(
    private readonly handler: AnyHandler,
    private readonly report: (error: UpbitError) => void,
  ) {}

  next(event: Delivered): unknown {
    // A variable, since a handler is called without `this`. The keys are of one type, so it takes what comes.
    const { handler } = this
    return handler(event as never)
  }

  failed(cause: unknown, consumer: string): void {
    this.report(handlerFailed(consumer, cause))
  }

  complete(): void {
    // The handle tells by itself.
  }

  error(error: UpbitError): void {
    this.report(error)
  }
}
