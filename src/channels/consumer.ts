/**
 * One consumer: what stands between the routes it has and the target it is, and the account of both. The same for a
 * subscriber of `ticker$` and for a handler of `subscribeTicker`; they differ in who is called.
 *
 * As long as its target returns and nothing has to wait, an event is a call, straight from its route where it has only
 * one (docs/adr/0010). From the first promise, failure, notice, or event that comes too early on, a `Delivery` does all
 * that for it.
 *
 * It leaves its routes as soon as it needs nothing more of them, and is over when the last thing that waited has been
 * delivered: a refused entry must not stay on the wire for as long as a slow handler takes.
 */
import type { UpbitError } from '../base/errors'
import type { Delivery, Tally } from '../operators/delivery'
import { isThenable } from '../operators/is-thenable'
import type { PublicEvent } from '../protocol/events'
import type { StreamEvent } from '../protocol/stream-event'
import type { StreamKey } from '../registry/stream-key'
import type { Refillable } from './backfill/refillable'
import type { ConsumerConfig, ConsumerKind, ConsumerTarget, Membership } from './consumer-config'
import type { Waiting } from './consumer-delivery'
import { createConsumerDelivery, keepsLatest } from './consumer-delivery'
import type { ConsumerHost } from './consumer-host'
import type { Backfill } from './consumer-options'
import type { FanOut, RouteConsumer } from './fan-out'
import type { GapEvent } from './gap-event'
import type { LatestState } from './latest-state'
import { onAbort } from './on-abort'
import type { Owner } from './owner'
import { PendingNotices } from './pending-notices'
import type { Placement } from './placement'
import { nowhere } from './placement'
import type { Selection } from './selection'
import { nothing, selectionOf, sifted } from './selection'

/** How the next event goes. Numbers, since texts cost more to compare. */
const straight = 0
/** The target is being called. */
const calling = 1
/** Through its `Delivery`. */
const queued = 2

export class Consumer implements RouteConsumer, Membership, Refillable {
  /** Where its keys are; the hub's. */
  placement: Placement = nowhere
  private path: typeof straight | typeof calling | typeof queued = straight
  /** Until there is a `Delivery`, which counts on from here: all of them were delivered but the one of a call. */
  private offered = 0
  /** Where its events come straight from, and what that fan-out counted before. */
  private seat: FanOut<Consumer> | undefined
  private mark = 0
  private selection: Selection | undefined
  private readonly target: ConsumerTarget
  private delivery: Delivery<Waiting> | undefined
  private notices: PendingNotices | undefined
  /** `leaving`: off its routes, delivering what waits. */
  private state: 'open' | 'leaving' | 'over' = 'open'
  private ending: UpbitError | undefined
  private stopListening: (() => void) | undefined

  /** `number` makes its name, where the options give it none. */
  constructor(
    private readonly config: ConsumerConfig,
    private readonly host: ConsumerHost<Consumer>,
    private readonly number: number,
  ) {
    const { keys, options, target } = config
    this.target = target
    this.selection = config.selection ?? selectionOf(keys, options)
    if (options.gaps === true) this.notices = new PendingNotices()
    // Another pace than that of the events: nothing ever goes straight, and a notifier counts from now on.
    if (options.deliver !== undefined && options.deliver !== 'sync') this.queue()
  }

  /** Made when it is asked for: most consumers are never named. */
  get name(): string {
    const { options, owner } = this.config
    if (options.name !== undefined) return options.name
    return `${owner.name === undefined ? '' : `${owner.name} `}${streamsOf(this.config.keys)} #${this.number}`
  }

  /** What it receives, in a few words: `ticker KRW-BTC +2`. */
  get receives(): string {
    return streamsOf(this.config.keys)
  }

  get kind(): ConsumerKind {
    return this.config.kind
  }

  get keys(): readonly StreamKey[] {
    return this.config.keys
  }

  get owner(): Owner {
    return this.config.owner
  }

  get tally(): Tally {
    if (this.delivery !== undefined) return this.delivery.tally
    const { seat } = this
    const offered = this.offered + (seat?.countSince(this.mark, this) ?? 0)
    const pending = this.path === calling || seat?.isCalling(this) === true ? 1 : 0
    return {
      offered,
      delivered: offered - pending,
      failed: 0,
      coalesced: 0,
      dropped: 0,
      discarded: 0,
      pending,
    }
  }

  /** Whether it takes events. */
  get isOpen(): boolean {
    return this.state === 'open'
  }

  /** Whether nothing more will be delivered to it. */
  get isOver(): boolean {
    return this.state === 'over'
  }

  /** Whether a late consumer is given the newest state. */
  get takesMemory(): boolean {
    return this.config.options.only !== 'realtime'
  }

  get backfill(): Backfill | undefined {
    return this.config.options.backfill
  }

  get skipsSnapshots(): boolean {
    return this.config.options.only === 'realtime'
  }

  get buffer(): Delivery<Waiting> {
    return this.queue()
  }

  enter(): void {
    this.host.enter(this)
  }

  /** An event of its routes, or of their memory. Never throws. */
  offer(event: StreamEvent): void {
    this.rise()
    if (this.selection === undefined) this.hand(event)
    else this.offerSelected(event, this.selection)
  }

  get isPatient(): boolean {
    return this.delivery?.isWaiting === true && keepsLatest(this.config)
  }

  offerLatest(latest: LatestState): void {
    if (this.state === 'open') this.queue().offer(latest)
  }

  /** Its one route, which it is on: from now on events come straight from there, if it takes them so. */
  sit(fanOut: FanOut<Consumer>): void {
    if (this.state !== 'open' || this.selection !== undefined || this.path !== straight) return
    this.seat = fanOut
    this.mark = fanOut.seat(this, this.target)
  }

  /** Throws what reading a `then` throws, which is a failure of the target. */
  returned(event: StreamEvent, result: unknown): void {
    const isLater = result !== undefined && isThenable(result)
    if (isLater || this.delivery !== undefined) this.queue().returned(event, result)
    else this.landStraight()
  }

  threw(event: StreamEvent, error: unknown): void {
    this.queue().threw(event, error)
  }

  /** What it would be offered of an event that is put before all that waits. */
  takes(event: StreamEvent): StreamEvent | undefined {
    return this.selection === undefined ? event : this.selection.select(event)
  }

  /** A gap of every consumer of a stream; told in band to those who asked. */
  notice(gap: GapEvent): void {
    if (!this.isOver && this.notices?.admit(gap) === true) this.queue().notice(gap)
  }

  noticeFirst(gap: GapEvent): void {
    if (this.notices !== undefined) this.queue().feed.insertNotice(gap)
  }

  sift(withholds: (event: PublicEvent) => boolean): void {
    if (this.state !== 'open') return
    // Only market data are filled back.
    this.selection = sifted(this.selection, (event) => withholds(event as PublicEvent))
  }

  /** It can never deliver again: what waits is delivered, then the error. */
  fail(error: UpbitError): void {
    this.finish(error)
  }

  /** Leaves the routes and discards what waits; its target is told nothing. Idempotent. */
  discard(): void {
    if (this.isOver) return
    this.leave('over')
    this.delivery?.discard()
    this.over()
  }

  /** `discard`, in rxjs's word for it. */
  unsubscribe(): void {
    this.discard()
  }

  /** The application ends it: what waits is discarded, its target completes. Idempotent. */
  end(): void {
    if (this.isOver) return
    this.discard()
    this.target.complete()
  }

  /** Ends it when the signal aborts: at once when it has. */
  endWith(signal: AbortSignal): void {
    this.stopListening = onAbort(signal, () => this.end())
  }

  private offerSelected(event: StreamEvent, selection: Selection): void {
    const selected = selection.select(event)
    if (selected === undefined) return
    this.hand(selected)
    if (selection.isComplete) this.finish(undefined)
  }

  private hand(event: StreamEvent): void {
    if (this.path !== straight) {
      this.host.queued()
      this.queue().offer(event)
      return
    }
    this.path = calling
    this.offered++
    try {
      this.returned(event, this.target.next(event))
    } catch (error) {
      this.threw(event, error)
    }
  }

  /** Its `Delivery`, which takes over now if it has not: from inside a call too, and then it is told how that ends. */
  private queue(): Delivery<Waiting> {
    if (this.delivery !== undefined) return this.delivery
    this.rise()
    const { config, host, name, notices, offered } = this
    const isCalling = this.path === calling
    this.path = queued
    this.delivery = createConsumerDelivery({
      ...config,
      name,
      notices,
      environment: host.environment,
      lost: (gap) => host.lost(gap),
      refill: (gap, dropped) => host.overflowed(this, gap, dropped),
      keeper: config.options.buffer?.overflow === 'reconcile' ? host.keeperOf(this) : undefined,
      problem: (error) => host.problem(error),
      waited: (receivedAtMs) => host.waited(this, receivedAtMs),
      dropped: () => host.dropped(this),
      overflowing: () => this.leave('leaving'),
      ended: (overflow) => this.close(overflow ?? this.ending),
      landed: (isFailed) => host.landed(this, isFailed),
    })
    this.delivery.takeOver(offered, isCalling)
    // Left in the middle of the call that it takes over: what comes back is told, and nothing more is delivered.
    if (this.isOver) this.delivery.discard()
    return this.delivery
  }

  private landStraight(): void {
    this.path = straight
    if (this.isOver) this.host.landed(this, false)
  }

  /** Gives up its seat: its account is its own again, in the middle of a call too. */
  private rise(): void {
    const { seat } = this
    if (seat === undefined) return
    this.seat = undefined
    this.offered += seat.countSince(this.mark, this)
    if (seat.isCalling(this)) this.path = calling
    seat.unseat(this)
  }

  private finish(error: UpbitError | undefined): void {
    if (this.state !== 'open') return
    this.ending = error
    this.leave('leaving')
    // Leaving may be heard of, and answered with the end.
    if (!this.isOver) this.queue().finish()
  }

  private leave(next: 'leaving' | 'over'): void {
    const { state } = this
    this.rise()
    this.state = next
    this.selection = nothing
    if (state === 'open') this.host.leave(this)
  }

  private close(error: UpbitError | undefined): void {
    this.state = 'over'
    this.over()
    if (error === undefined) this.target.complete()
    else this.target.error(error)
  }

  private over(): void {
    this.stopListening?.()
    this.config.keeps = undefined
    this.host.over(this)
  }
}

function streamsOf([first, ...others]: readonly StreamKey[]): string {
  return `${first?.id ?? ''}${others.length === 0 ? '' : ` +${others.length}`}`
}
