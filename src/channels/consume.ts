/** Any composed stream with the treatment of a handler: a bounded buffer, failures caught and reported. */
import type { Observable, SchedulerLike } from 'rxjs'
import { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import { isUpbitError, UpbitError } from '../base/errors'
import type { Overflow } from '../operators/delivery'
import { Delivery } from '../operators/delivery'
import { checkConsumerOptions, checkDeliver, invalidOption } from './consumer-options'
import type { UpbitSubscription } from './handle'
import { createHandle } from './handle'
import { handlerFailed } from './handler-failed'

export interface ConsumeOptions<T> {
  /** Names the consumer in errors and metrics. Default `consume #1`, `#2` … */
  readonly name?: string
  readonly buffer?: {
    /** Values that may wait, from 1; under `coalesce` keys. Default 1,024. */
    readonly capacity?: number
    /** What a full buffer does. Default `drop-oldest`; `coalesce` needs `keyOf`. */
    readonly overflow?: Overflow
    /** The key of a value, for `coalesce`. */
    readonly keyOf?: (value: T) => unknown
    /** Values that waited longer than this, ms, are dropped. Default: none are. */
    readonly maxAgeMs?: number
  }
  readonly deliver?: 'sync' | 'task' | SchedulerLike | Observable<unknown>
  readonly signal?: AbortSignal
}

export interface ConsumePorts {
  readonly environment: Environment
  error(error: UpbitError): void
  nextName(): string
}

const defaultCapacity = 1024

/**
 * Subscribes to `stream$` and hands each value to `handler`, one at a time. What the handler throws or rejects with is
 * reported as `HANDLER_FAILED` and the next value follows; an error of the stream is reported and ends it.
 */
export function consumeStream<T>(
  ports: ConsumePorts,
  stream$: Observable<T>,
  handler: (value: T) => unknown,
  options: ConsumeOptions<T>,
): UpbitSubscription {
  if (typeof handler !== 'function') throw invalidOption('handler', handler, 'a function')
  const { capacity = defaultCapacity, overflow = 'drop-oldest', keyOf, maxAgeMs } = options.buffer ?? {}
  const { deliver } = options
  checkDeliver(deliver)
  checkConsumerOptions('ticker', {
    buffer: { capacity, overflow, ...(maxAgeMs === undefined ? {} : { maxAgeMs }) },
  })
  if (overflow === 'coalesce' && keyOf === undefined) {
    throw invalidOption('buffer.keyOf', keyOf, "a function, since buffer.overflow is 'coalesce'")
  }
  const { environment } = ports
  const name = options.name ?? ports.nextName()
  const source = new Subscription()
  const delivery = new Delivery<T>({
    deliver: (value) => handler(value),
    capacity,
    overflow,
    ...(keyOf === undefined ? {} : { keyOf }),
    ready:
      deliver === undefined || deliver === 'sync'
        ? 'always'
        : deliver === 'task'
          ? () => environment.timer$(0)
          : deliver,
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    now: () => environment.now(),
    onFailure: (cause) => ports.error(handlerFailed(name, cause)),
    onOverflow: () => {
      source.unsubscribe()
      const nextStep = 'Raise buffer.capacity, make the handler faster, or choose another buffer.overflow.'
      ports.error(
        new UpbitError('BUFFER_OVERFLOW', `The buffer of ${name} overflowed. ${nextStep}`, {
          option: 'buffer.capacity',
          consumer: name,
          nextStep,
        }),
      )
    },
  })
  source.add(
    stream$.subscribe({
      next: (value) => delivery.offer(value),
      error: (cause: unknown) => {
        delivery.finish()
        ports.error(isUpbitError(cause) ? cause : streamFailed(name, cause))
      },
      complete: () => delivery.finish(),
    }),
  )
  return createHandle({
    name,
    tally: () => delivery.tally,
    leave: () => {
      source.unsubscribe()
      delivery.discard()
    },
    isClosed: () => source.closed,
    signal: options.signal,
  })
}

function streamFailed(name: string, cause: unknown): UpbitError {
  return new UpbitError('STREAM_FAILED', `The stream of ${name} ended with an error: ${String(cause)}`, {
    consumer: name,
    cause,
    nextStep: 'Handle the error in the stream itself, with catchError or retry, and consume it again.',
  })
}
