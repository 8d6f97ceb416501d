/** A consumer as an Observable: each subscription is a consumer of its own, with its own buffer and account. */
import type { Observer, OperatorFunction, Subscription } from 'rxjs'
import { config, Observable, Subscriber } from 'rxjs'
import type { AsyncIterableSink } from '../operators/to-async-iterable'
import type { ConsumerConfig, Delivered, Membership } from './consumer-config'
import { PlainSubscriber } from './plain-subscriber'

/**
 * An Observable of events, that `pipe` can also end in an async iterable:
 * `for await (const t of trade$('KRW-BTC').pipe(toAsyncIterable()))`.
 */
export interface UpbitStream<T> extends Observable<T> {
  // Our forms first: inference from overloads pairs them from the last one, where rxjs's own have to stand.
  /** rxjs's `pipe`, which may also end in `toAsyncIterable()`. */
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

/** What a consumer receives, and how; all but who it is. */
export type What = Omit<ConsumerConfig, 'owner' | 'target' | 'keeps'>

/** Asked at each subscription: after a shutdown it enrols anew. */
export type Enrol = (consumer: Omit<ConsumerConfig, 'owner'>) => Membership

export function upbitStream$<E extends Delivered>(enrol: Enrol, what: What, keeps?: object): UpbitStream<E> {
  return new EventStream<E>((subscriber) => {
    // Nothing stands between: the keys are of one type, so what comes is of that type, and gaps only when asked for.
    const consumer = enrol({ ...what, target: subscriber, keeps })
    // Before it enters: `take(1)` may have had enough from memory.
    subscriber.add(consumer)
    consumer.enter()
  }) as UpbitStream<E>
}

/** The same as any Observable, but for who subscribes with functions, as nearly all consumers do. */
// eslint-disable-next-line rxjs-x/no-subclass -- only here is it known that no operator stands between
class EventStream<E> extends Observable<E> {
  override subscribe(
    observerOrNext?: Partial<Observer<E>> | ((value: E) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    if (isRxjsOwn(observerOrNext)) {
      // eslint-disable-next-line @typescript-eslint/no-deprecated, rxjs-x/prefer-observer -- passed on as it was given
      return super.subscribe(observerOrNext as (value: E) => void, error, complete)
    }
    const observer =
      typeof observerOrNext === 'object' && observerOrNext !== null
        ? observerOrNext
        : given({ next: observerOrNext, error, complete })
    return super.subscribe(new PlainSubscriber(observer))
  }
}

/** An operator's subscriber, or anything while one of rxjs's two old ways of calling observers is asked for. */
function isRxjsOwn(observer: unknown): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- whoever has set them gets rxjs's own subscriber
  if (config.useDeprecatedSynchronousErrorHandling || config.useDeprecatedNextContext) return true
  // As rxjs tells them, those of another copy too.
  return (
    observer instanceof Subscriber ||
    (typeof observer === 'object' && observer !== null && 'add' in observer && 'unsubscribe' in observer)
  )
}

/** Without what was not given, so that all observers that are one function look alike to the engine. */
function given<E>({ next, error, complete }: Record<keyof Observer<E>, unknown>): Partial<Observer<E>> {
  return (error ?? complete ?? undefined) === undefined
    ? ({ next: next ?? undefined } as Partial<Observer<E>>)
    : ({ next: next ?? undefined, error: error ?? undefined, complete: complete ?? undefined } as Partial<
        Observer<E>
      >)
}
