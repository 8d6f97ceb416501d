/** A consumer as an Observable: each subscription is a consumer of its own, with its own buffer and account. */
import type { OperatorFunction } from 'rxjs'
import { Observable } from 'rxjs'
import type { AsyncIterableSink } from '../operators/to-async-iterable'
import type { EventKind, PublicEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import type { ConsumerConfig, Membership } from './consumer-config'
import type { OrderbookOptions } from './consumer-options'
import type { GapEvent } from './gap-event'

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
  return new Observable<E>((subscriber) => {
    // Nothing stands between: the keys are of one type, so what comes is of that type, and gaps only when asked for.
    const consumer = enrol({ kind, keys, options, target: subscriber })
    // Before it enters: `take(1)` may have had enough from memory.
    subscriber.add(consumer)
    consumer.enter()
  }) as UpbitStream<E>
}
