/** A consumer as an Observable: each subscription is a consumer of its own, with its own buffer and account. */
import type { Observer, OperatorFunction, Subscription } from 'rxjs'
import { config, Observable } from 'rxjs'
import type { AsyncIterableSink } from '../operators/to-async-iterable'
import type { EventKind, PublicEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import type { ConsumerConfig, Membership } from './consumer-config'
import type { OrderbookOptions } from './consumer-options'
import type { GapEvent } from './gap-event'
import { PlainSubscriber } from './plain-subscriber'

/**
 * An Observable of events, that `pipe` can also end in an async iterable:
 * `for await (const t of trade$('KRW-BTC').pipe(toAsyncIterable()))`.
 */
export interface UpbitStream<T> extends Observable<T> {
  // Our forms first: inference from overloads pairs them from the last one, where rxjs's own have to stand.
  pipe: PipeToSink<T> & Observable<T>['pipe']
}

/** The end of a pipe in an async iterable; behind more operators than here, apply the sink: `sink(stream$)`. */
export interface PipeToSink<T> {
  (sink: AsyncIterableSink<T>): AsyncIterableIterator<T>
  <A>(first$: OperatorFunction<T, A>, sink: AsyncIterableSink<A>): AsyncIterableIterator<A>
  <A, B>(
    first$: OperatorFunction<T, A>,
    second$: OperatorFunction<A, B>,
    sink: AsyncIterableSink<B>,
  ): AsyncIterableIterator<B>
}

/** Asked at each subscription: after a shutdown it enrols anew. */
export type Enrol = (consumer: Omit<ConsumerConfig, 'owner'>) => Membership

export function upbitStream$<E extends PublicEvent | GapEvent>(
  enrol: Enrol,
  kind: EventKind,
  keys: readonly StreamKey[],
  options: OrderbookOptions,
): UpbitStream<E> {
  return new EventStream<E>((subscriber) => {
    // Nothing stands between: the keys are of one type, so what comes is of that type, and gaps only when asked for.
    const consumer = enrol({ kind, keys, options, target: subscriber })
    // Before it enters: `take(1)` may have had enough from memory.
    subscriber.add(consumer)
    consumer.enter()
  }) as UpbitStream<E>
}

/** The same as any Observable, but for a plain `.subscribe(fn)`, which is what most consumers are. */
// eslint-disable-next-line rxjs-x/no-subclass -- only here is it known that it is a function and nothing else
class EventStream<E> extends Observable<E> {
  override subscribe(
    observerOrNext?: Partial<Observer<E>> | ((value: E) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    const isPlain = typeof observerOrNext === 'function' && !error && !complete
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- whoever has set it gets rxjs's own subscriber
    if (isPlain && !config.useDeprecatedSynchronousErrorHandling) {
      return super.subscribe(new PlainSubscriber(observerOrNext))
    }
    // eslint-disable-next-line @typescript-eslint/no-deprecated, rxjs-x/prefer-observer -- passed on as it was given
    return super.subscribe(observerOrNext as (value: E) => void, error, complete)
  }
}
