/**
 * Any composed stream with the treatment of a handler: a bounded buffer, failures caught and reported, an account among
 * those of the client's consumers. Composed of the client's own streams, an event is in two accounts: that of the
 * stream's consumer, which takes it at once, and this one. Each holds by itself (C6.2).
 */
import type { Observable } from 'rxjs'
import { isObservable, Subject, takeUntil } from 'rxjs'
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import { isUpbitError } from '../base/errors'
import type { DropRun } from '../operators/delivery'
import { Delivery } from '../operators/delivery'
import { invalidOption } from '../base/invalid-option'
import type { Overflow } from '../operators/overflow'
import { overflowPolicies } from '../operators/overflow'
import { bufferOverflowed, handlerFailed, notifierFailed, streamFailed } from './consumer-errors'
import type { Deliver } from './consumer-options'
import type { GapEvent } from './gap-event'
import type { UpbitSubscription } from './handle'
import { createHandle } from './handle'
import type { Counted, Place } from './hub'
import { onAbort } from './on-abort'
import { checkNames } from '../base/check-names'
import {
  checkDeliver,
  checkHandler,
  checkMs,
  checkOneOf,
  checkSignal,
  checkText,
  checkWhole,
} from './option-checks'
import { readyOf } from './ready-of'

/** Options of `consume`. */
export interface ConsumeOptions<T> {
  /** Names the consumer in errors and metrics. Default `consume` and a number. */
  readonly name?: string
  readonly buffer?: {
    /** Values that may wait, from 1; under `coalesce` keys. Default 1,024. */
    readonly capacity?: number
    /** What a full buffer does. Default `drop-oldest`; `coalesce` needs `keyOf`. */
    readonly overflow?: Overflow
    /** The key of a value, for `coalesce`. What it throws is reported like a failure of the handler. */
    readonly keyOf?: (value: T) => unknown
    /** Values that waited longer than this, ms, are dropped. Default: none are. */
    readonly maxAgeMs?: number
  }
  /** When values are delivered; see `ConsumerOptions.deliver`. Default `'sync'`. */
  readonly deliver?: Deliver
  /** Unsubscribes when it aborts. */
  readonly signal?: AbortSignal
}

export interface ConsumePorts {
  readonly environment: Environment
  readonly error: (error: UpbitError) => void
  readonly lost: (gap: GapEvent) => void
  readonly nextName: () => string
  /** It is counted from now on, and `end` ends it. */
  readonly count: (counted: Counted, end: () => void) => Place
}

const defaultCapacity = 1024

/**
 * Subscribes to `stream$` and hands each value to `handler`, one at a time. What the handler throws or rejects with is
 * reported as `HANDLER_FAILED` and the next value follows; an error of the stream is reported and ends it, after what
 * waits.
 */
export function consumeStream<T>(
  join: () => ConsumePorts,
  stream$: Observable<T>,
  handler: (value: T) => unknown,
  options: ConsumeOptions<T>,
): UpbitSubscription {
  check(stream$, handler, options)
  // Not before the check: a wrong call is no use of the client.
  const ports = join()
  const { environment } = ports
  const { capacity = defaultCapacity, overflow = 'drop-oldest', keyOf, maxAgeMs } = options.buffer ?? {}
  const name = options.name ?? ports.nextName()
  const leaveSubject = new Subject<void>()
  let isOver = false
  let streamError: UpbitError | undefined
  let stopListening = (): void => {}
  let wholeMs = environment.now()
  const end = (error?: UpbitError): void => {
    isOver = true
    stopListening()
    place.over()
    if (error !== undefined) ports.error(error)
  }
  const delivery = new Delivery<T>({
    deliver: (value) => handler(value),
    capacity,
    overflow,
    ...(keyOf === undefined ? {} : { keyOf }),
    ready: readyOf(options.deliver, environment),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    now: () => environment.now(),
    onDrop: (_value, reason) => {
      place.dropped()
      // The end is certain from here on, and an endless synchronous stream must be stopped.
      if (overflow === 'error' && reason === 'overflow') leaveSubject.next()
    },
    onDropRun: (run) => {
      const gap = gapOf(run, name, wholeMs, environment)
      wholeMs = gap.to_ms
      ports.lost(gap)
      // Not in band: what the stream carries is not ours to add to.
      return undefined
    },
    onFailure: (cause) => ports.error(handlerFailed(name, cause)),
    onFault: (cause) => ports.error(notifierFailed(name, cause)),
    onLanded: (isFailed) => place.landed(isFailed),
    onOverflow: () => end(bufferOverflowed(name)),
    onDrained: () => end(streamError),
  })
  const unsubscribe = (): void => {
    if (isOver) return
    isOver = true
    delivery.discard()
    leaveSubject.next()
    end()
  }
  const shown = {
    name,
    get tally() {
      return delivery.tally
    },
    get isOver() {
      return isOver
    },
  }
  const place = ports.count(shown, unsubscribe)
  stopListening = onAbort(options.signal, unsubscribe)
  // Aborted before it began: nothing is subscribed.
  if (!shown.isOver) {
    stream$.pipe(takeUntil(leaveSubject)).subscribe({
      next: (value) => delivery.offer(value),
      error: (cause: unknown) => {
        streamError = isUpbitError(cause) ? cause : streamFailed(name, cause)
        delivery.finish()
      },
      complete: () => delivery.finish(),
    })
  }
  // A function of its own: what the handle's keeps, `keepWith`, must not be kept by the hub, which has the other one.
  return createHandle(shown, () => unsubscribe())
}

/** What was dropped, as far as it can be told: the values may be anything, and only events know their epoch. */
function gapOf<T>(
  { first, last, count, reason }: DropRun<T>,
  consumer: string,
  wholeMs: number,
  environment: Environment,
): GapEvent & { readonly to_ms: number } {
  return {
    type: 'gap',
    id: environment.newId(),
    phase: 'abandoned',
    cause: reason,
    epochs: [epochOf(first), epochOf(last)],
    from_ms: wholeMs,
    to_ms: environment.now(),
    count,
    consumer,
  }
}

function epochOf(value: unknown): number {
  const { epoch } = Object(value) as { readonly epoch?: unknown }
  return typeof epoch === 'number' ? epoch : 0
}

function check<T>(stream: unknown, handler: unknown, options: ConsumeOptions<T>): void {
  if (!isObservable(stream)) throw invalidOption('stream$', stream, 'an Observable')
  checkHandler(handler)
  checkNames(options, ['name', 'buffer', 'deliver', 'signal'])
  checkText('name', options.name)
  checkDeliver(options.deliver)
  checkSignal(options.signal)
  if (options.buffer === undefined) return
  checkNames(options.buffer, ['capacity', 'overflow', 'keyOf', 'maxAgeMs'], 'buffer')
  const { capacity, overflow, keyOf, maxAgeMs } = options.buffer
  checkWhole('buffer.capacity', capacity, 1)
  checkOneOf('buffer.overflow', overflow, overflowPolicies)
  checkMs('buffer.maxAgeMs', maxAgeMs)
  if (overflow === 'coalesce' && typeof keyOf !== 'function') {
    throw invalidOption('buffer.keyOf', keyOf, "a function, since buffer.overflow is 'coalesce'")
  }
  if (overflow !== 'coalesce' && keyOf !== undefined) {
    throw invalidOption('buffer.keyOf', keyOf, "nothing here: keys are for buffer.overflow 'coalesce'")
  }
}
