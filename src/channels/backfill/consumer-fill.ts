/**
 * One gap of one consumer: keeps what comes after it back until it is filled, if the consumer asked for that, and gives
 * it what was missing, as fast as it takes it.
 */
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { GapEvent, GapReason } from '../gap-event'
import { identityOf, isEvent } from '../consumer-delivery'
import { reasonOf } from './fill-stop'
import type { Filling } from './filling'
import { HoldMark } from './hold-mark'
import type { Refillable } from './refillable'
import type { Slicer } from './slicer'

export interface ConsumerFillPorts {
  readonly slicer: Slicer
  /** What a target causes must come after what it is being given (C4.6). */
  inTurn(work: () => void): void
  /** Tells `gaps$`. */
  tell(gap: GapEvent): void
  /** What is to be given could not be. */
  fault(error: unknown): void
  /** The fill begins, or stops, to keep back what comes. */
  holds(fill: ConsumerFill, isHolding: boolean): void
  /** Calls back once, when the consumer can be fed more. */
  whenRoom(onRoom: () => void): void
  /** Whether a newer state than this one is given by another fill. */
  isOutdated(row: BackfilledEvent): boolean
  /** The consumer is given this. */
  gives(row: BackfilledEvent): void
  /** It needs nothing more. */
  over(fill: ConsumerFill): void
}

export class ConsumerFill {
  private filling: Filling | undefined
  private reason: GapReason | undefined
  /** Of an ordered one: until the place of the gap is reached, what came before it is delivered. */
  private isReached = false
  private isHolding = false
  private isOver = false
  /** How it was told that it will not be filled, for whoever comes to its place. */
  private ended: GapEvent | undefined
  /** The candles that were held: a newer state must not come before them, and comes behind them by the socket. */
  private waiting: ReadonlySet<string> | undefined
  private at = 0
  private count = 0

  constructor(
    private readonly consumer: Refillable,
    /** As it is told at its end. */
    private readonly gap: GapEvent,
    private readonly ports: ConsumerFillPorts,
  ) {}

  /** Whether the consumer lost it by itself. */
  get isOwn(): boolean {
    return this.gap.consumer !== undefined
  }

  /** The gap is here: behind all that waits now. */
  begin(): void {
    if (!this.hold()) return
    this.consumer.buffer.notice(new HoldMark(() => this.reached()))
  }

  /** The gap is here: before all that waits now. */
  beginFirst(): void {
    if (this.hold()) this.reached()
  }

  /** What was missing is known. */
  settle(filling: Filling, reason: GapReason | undefined): void {
    this.filling = filling
    this.reason = reason
    if (!this.isHolding || this.isReached) this.feed()
  }

  /** Too much came meanwhile: that is delivered, and what was missing comes late. */
  letGo(): void {
    if (!this.isHolding) return
    this.stopHolding()
    if (this.filling !== undefined && !this.isReached) this.feed()
  }

  /** The consumer takes nothing more: has left, or is given what waits and then an error. */
  cancel(): void {
    this.isOver = true
    if (this.consumer.isOver) return
    const gap: GapEvent = {
      ...this.gap,
      phase: 'abandoned',
      reason: 'stream-ended',
      consumer: this.consumer.name,
    }
    this.ended = gap
    this.ports.tell(gap)
    if (!this.isHolding) {
      this.consumer.notice(gap)
    } else if (this.isReached) {
      this.consumer.noticeFirst(gap)
      this.stopHolding()
    }
  }

  private hold(): boolean {
    if (this.consumer.backfill !== 'ordered') return false
    this.isHolding = true
    this.ports.holds(this, true)
    return true
  }

  /** Says what is to be told in its place. */
  private reached(): GapEvent | undefined {
    if (!this.isHolding || this.isOver) return this.isHolding ? this.ended : undefined
    this.isReached = true
    this.consumer.buffer.feed.pause()
    if (this.filling !== undefined) this.feed()
    return undefined
  }

  private stopHolding(): void {
    this.isHolding = false
    this.ports.holds(this, false)
    if (this.isReached) this.consumer.buffer.feed.resume()
  }

  private feed(): void {
    this.ports.slicer.add((isUp) => this.ports.inTurn(() => this.guardedSlice(isUp)))
  }

  private guardedSlice(isUp: () => boolean): void {
    try {
      this.slice(isUp)
    } catch (error) {
      this.ports.fault(error)
      this.reason ??= reasonOf(error)
      if (!this.isOver) this.end()
    }
  }

  private slice(isUp: () => boolean): void {
    const { buffer } = this.consumer
    if (this.isHolding) this.waiting ??= this.waitingCandles()
    while (!this.isOver) {
      if (!this.consumer.isOpen) return
      if (isUp()) return this.feed()
      if (!buffer.feed.hasRoom) return this.ports.whenRoom(() => this.feed())
      const row = this.filling?.at(this.at++)
      if (row === undefined) return this.end()
      if (this.filling?.isMissing(row, this.consumer) !== true || this.ports.isOutdated(row)) continue
      if (this.isHolding && this.waiting?.has(identityOf(row)) === true) continue
      this.count++
      this.ports.gives(row)
      if (this.isHolding) buffer.feed.insert(row)
      else buffer.offer(row)
    }
  }

  private waitingCandles(): ReadonlySet<string> {
    const keys = new Set<string>()
    this.consumer.buffer.feed.forEachWaiting((item) => {
      if (isEvent(item) && 'candle_date_time_utc' in item) keys.add(identityOf(item))
    })
    return keys
  }

  private end(): void {
    const { consumer, reason } = this
    this.isOver = true
    const gap: GapEvent = {
      ...this.gap,
      phase: reason === undefined ? 'closed' : 'abandoned',
      ...(reason === undefined ? { count: this.count } : { reason }),
      consumer: consumer.name,
    }
    this.ports.tell(gap)
    if (this.isHolding) {
      consumer.noticeFirst(gap)
      this.stopHolding()
    } else {
      consumer.notice(gap)
    }
    this.ports.over(this)
  }
}
