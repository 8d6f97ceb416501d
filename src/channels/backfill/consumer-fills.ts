/** All gaps of one consumer: how much it may have waiting meanwhile, and what has been fetched for it already. */
import type { Environment } from '../../base/environment'
import type { PublicEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import { isEvent } from '../consumer-delivery'
import type { ConsumerFill } from './consumer-fill'
import { isFillable } from './dropped-events'
import type { Filling } from './filling'
import type { GapFill } from './gap-fill'
import type { Refillable } from './refillable'

/** So much may wait for a gap to be filled; then it is filled late (C7). */
const mostHeld = 10_000
/** So long after a fetch something of it may come by the socket, and longer. */
const rememberedMs = 60_000

export class ConsumerFills {
  /** What the consumer dropped is being fetched with it; what it drops meanwhile is not. */
  private refilling: Filling | undefined
  private isSifting = false
  private readonly open = new Map<ConsumerFill, GapFill>()
  private readonly holding = new Set<ConsumerFill>()
  private fillings: {
    readonly filling: Filling
    readonly atMs: number
    readonly entry: string | undefined
  }[] = []
  private readonly waiting: (() => void)[] = []

  constructor(
    private readonly consumer: Refillable,
    private readonly environment: Environment,
  ) {}

  get isRefilling(): boolean {
    return this.refilling !== undefined
  }

  /** In this place a loss of the consumer is told: what waits came since. */
  refill(filling: Filling): void {
    this.refilling = filling
    this.sift()
    this.consumer.buffer.feed.forEachWaiting((item) => {
      if (isEvent(item) && isFillable(item)) filling.passed?.(item)
    })
  }

  add(fill: ConsumerFill, fetch: GapFill): void {
    this.open.set(fill, fetch)
  }

  delete(fill: ConsumerFill): void {
    this.open.delete(fill)
    if (fill.isOwn) this.refilling = undefined
  }

  holds(fill: ConsumerFill, isHolding: boolean): void {
    const { buffer } = this.consumer
    if (isHolding) {
      this.holding.add(fill)
      if (this.holding.size === 1) buffer.feed.stretch(mostHeld, () => this.letGo())
    } else if (this.holding.delete(fill) && this.holding.size === 0) {
      buffer.feed.relax()
    }
  }

  /** Calls back once, when more can be fed: all fills feed one buffer. */
  whenRoom(onRoom: () => void): void {
    this.waiting.push(onRoom)
    this.consumer.buffer.feed.whenRoom(() => {
      for (const each of this.waiting.splice(0)) each()
    })
  }

  /** What the fill has given must not come by the socket again. */
  withhold(filling: Filling, entry: string | undefined): void {
    const nowMs = this.environment.now()
    this.sift()
    const last = new Map(this.fillings.map((each) => [each.entry, each]))
    last.delete(entry)
    last.delete(undefined)
    // The last one of an entry however old it is: the next session may begin with the newest trade of it.
    this.fillings = this.fillings.filter(
      (each) => nowMs - each.atMs < rememberedMs || last.get(each.entry) === each,
    )
    this.fillings.push({ filling, atMs: nowMs, entry })
  }

  cancel(): void {
    const open = [...this.open]
    this.open.clear()
    for (const [, fetch] of open) fetch.leave(this)
    // Last: a consumer that ends with an error is told, and may do anything.
    for (const [fill] of open) fill.cancel()
  }

  /** Whether a newer state of this candle is given by another fill. A trade has no states. */
  isOutdated(row: BackfilledEvent): boolean {
    return row.type !== 'trade' && this.withholds(row)
  }

  /** The consumer is given this. */
  passes(event: PublicEvent | BackfilledEvent): void {
    this.refilling?.passed?.(event)
  }

  private sift(): void {
    if (this.isSifting) return
    this.isSifting = true
    this.consumer.sift((event) => {
      if (this.withholds(event)) return true
      this.passes(event)
      return false
    })
  }

  private withholds(event: PublicEvent | BackfilledEvent): boolean {
    let isWithheld = false
    // Each of them: they watch for a clock that goes back.
    for (const { filling } of this.fillings) isWithheld = filling.withholds(event) || isWithheld
    return isWithheld
  }

  private letGo(): void {
    for (const fill of [...this.holding]) fill.letGo()
  }
}
