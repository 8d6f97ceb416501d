/**
 * Brings one consumer of an account up to date after its buffer was emptied. When the consumer takes events again, what
 * comes stands still; what was dropped is fetched and put before it; then it moves on. Is the buffer full once more
 * meanwhile, it is emptied again, and that is a gap of its own, behind this one: so each is of a bounded size, and nothing
 * is asked for a consumer that takes nothing.
 */
import { defer, Observable, of } from 'rxjs'
import type { Subscription } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { UpbitError } from '../../base/errors'
import type { Consumer } from '../../channels/consumer'
import { isEvent } from '../../channels/consumer-delivery'
import type { DropKeeper } from '../../channels/drop-keeper'
import type { GapEvent, GapReason } from '../../channels/gap-event'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { StreamEvent } from '../../protocol/stream-event'
import { DroppedAccount } from './dropped-account'
import type { Refetched, RefetchPorts } from './refetch'
import { refetch$ } from './refetch'

export interface OverflowRefillPorts {
  /** Absent where REST cannot be had: then nothing is fetched. */
  readonly calls: RefetchPorts['calls'] | undefined
  readonly environment: Environment
  /** Tells `gaps$`. */
  tell(gap: GapEvent): void
  /** A call failed. */
  failed(error: UpbitError): void
  /** What a target causes must come after what it is being given (C4.6). */
  inTurn(work: () => void): void
}

/** One that is being filled. */
interface OpenGap {
  /** As it is told at its end. */
  readonly gap: GapEvent
  count: number
  reason: GapReason | undefined
}

export class OverflowRefill implements DropKeeper {
  /** What was dropped and whose place is not reached. */
  private dropped = new DroppedAccount()
  private open: OpenGap | undefined
  private work: Subscription | undefined
  private waiting: (() => void)[] = []

  constructor(
    private readonly consumer: Consumer,
    private readonly ports: OverflowRefillPorts,
  ) {}

  add(event: StreamEvent | BackfilledEvent): void {
    this.dropped.add(event)
  }

  reached(gap: GapEvent): GapEvent {
    const { dropped, ports } = this
    const { calls } = ports
    this.dropped = new DroppedAccount()
    const told = this.toldAtFirst(gap)
    ports.tell(told)
    if (calls !== undefined) this.begin(gap, dropped, calls)
    return told
  }

  private toldAtFirst(gap: GapEvent): GapEvent {
    const { isOpen, isOver } = this.consumer
    if (this.ports.calls === undefined) return { ...gap, reason: 'rest-failed' }
    if (isOpen) return { ...gap, phase: 'opened' }
    // One that has left misses nothing.
    return isOver ? gap : { ...gap, reason: 'stream-ended' }
  }

  /** The consumer needs nothing more. */
  cancel(): void {
    this.work?.unsubscribe()
    const { open, consumer } = this
    this.open = undefined
    this.waiting = []
    if (open === undefined || consumer.isOver) return
    const gap: GapEvent = { ...open.gap, reason: 'stream-ended' }
    this.ports.tell(gap)
    consumer.noticeFirst(gap)
  }

  private begin(gap: GapEvent, dropped: DroppedAccount, calls: RefetchPorts['calls']): void {
    // Whoever heard of the gap may have ended it.
    if (!this.consumer.isOpen) return
    const { ports } = this
    const open: OpenGap = { gap, count: 0, reason: undefined }
    this.open = open
    this.consumer.buffer.feed.pause()
    const fetched$ = refetch$(dropped, {
      calls,
      environment: ports.environment,
      failed: (error) => ports.failed(error),
      room$: this.room$,
      isFollowed: (id) => this.isFollowed(id),
    })
    this.work = fetched$.subscribe({
      next: (fetched) => ports.inTurn(() => this.give(open, fetched)),
      error: (error: unknown) => {
        ports.failed(error as UpbitError)
        open.reason = 'rest-failed'
        ports.inTurn(() => this.end(open))
      },
      complete: () => ports.inTurn(() => this.end(open)),
    })
  }

  private give(open: OpenGap, { events, reason }: Refetched): void {
    open.reason ??= reason
    for (const event of events) {
      if (this.open !== open) return
      const taken = this.consumer.takes(event)
      if (taken === undefined) continue
      open.count++
      this.consumer.buffer.feed.insert(taken)
    }
  }

  private end(open: OpenGap): void {
    if (this.open !== open) return
    const { gap, count, reason } = open
    const { consumer } = this
    const ended: GapEvent =
      reason === undefined ? { ...gap, phase: 'closed', count } : { ...gap, phase: 'abandoned', reason }
    this.open = undefined
    this.ports.tell(ended)
    // Whoever heard of it may have ended the consumer.
    if (!consumer.isOpen) return
    consumer.noticeFirst(ended)
    consumer.buffer.feed.resume()
  }

  private readonly room$ = defer(() =>
    this.consumer.buffer.feed.hasRoom
      ? of(undefined)
      : new Observable<undefined>((subscriber) => {
          this.waiting.push(() => {
            subscriber.next(undefined)
            subscriber.complete()
          })
          // One callback for all of them.
          this.consumer.buffer.feed.whenRoom(() => {
            for (const each of this.waiting.splice(0)) each()
          })
        }),
  )

  /** Whether the consumer has something newer of this order or currency before it, or has dropped it again. */
  private isFollowed(id: string): boolean {
    if (this.dropped.orders.has(id) || this.dropped.currencies.has(id)) return true
    let isWaiting = false
    this.consumer.buffer.feed.forEachWaiting((item) => {
      if (!isEvent(item)) return
      if (item.type === 'myOrder') isWaiting ||= item.uuid === id
      else if (item.type === 'myAsset') isWaiting ||= item.assets.some(({ currency }) => currency === id)
    })
    return isWaiting
  }
}
