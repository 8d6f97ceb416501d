/** A consumer as an Observable: each subscription is a consumer of its own, with its own buffer and account. */
import { Observable } from 'rxjs'
import type { AsyncIterableSink } from '../operators/to-async-iterable'
import type { PublicEvent } from '../protocol/events'
import type { EventKind } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import type { OrderbookOptions } from './consumer-options'
import type { GapEvent } from './gap-event'
import type { Membership, NewConsumer } from './hub'

/**
 * An Observable of events, that `pipe` can also end in an async iterable:
 * `for await (const t of trade$('KRW-BTC').pipe(toAsyncIterable()))`.
 */
export interface UpbitStream<T> extends Observable<T> {
  // Our form first: inference from overloads pairs them from the last one, where rxjs's own have to stand.
  pipe: ((sink: AsyncIterableSink<T>) => AsyncIterableIterator<T>) & Observable<T>['pipe']
}

export interface StreamPorts {
  /** Asked at each subscription: after a shutdown it joins anew. */
  join(consumer: NewConsumer): Membership
  /** A name for a consumer that was given none. */
  nameOf(keys: readonly StreamKey[]): string
}

export function eventStream<E extends PublicEvent | GapEvent>(
  ports: StreamPorts,
  kind: EventKind,
  keys: readonly StreamKey[],
  options: OrderbookOptions,
): UpbitStream<E> {
  return new Observable<E>((subscriber) => {
    const { signal } = options
    if (signal?.aborted === true) return subscriber.complete()
    const end = (): void => {
      membership?.leave()
      subscriber.complete()
    }
    let membership: Membership | undefined
    membership = ports.join({
      name: options.name ?? ports.nameOf(keys),
      kind,
      keys,
      options,
      target: {
        // The keys are of one type, so what comes is of that type, and gaps only when asked for.
        deliver: (event) => subscriber.next(event as E),
        complete: () => subscriber.complete(),
        error: (error) => subscriber.error(error),
      },
    })
    signal?.addEventListener('abort', end)
    return () => {
      signal?.removeEventListener('abort', end)
      membership.leave()
    }
  }) as UpbitStream<E>
}
