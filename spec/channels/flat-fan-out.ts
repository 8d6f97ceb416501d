/**
 * What a fan-out must do, written as plainly as possible: one list of what waits a consumer, every count kept by hand.
 * The property in `fan-out-accounting.spec.ts` runs it beside the real one, which keeps the same promises without a
 * queue for whoever never needs one.
 */
import type { Tally } from '../../src/operators/delivery'

export interface FlatItem {
  readonly kind: 'event' | 'notice'
  readonly text: string
}

export interface FlatWork {
  then(resolve: () => void, reject: (error: unknown) => void): void
}

export interface FlatTarget {
  next(text: string): FlatWork | number | undefined
  failed(): void
  error(): void
}

export class FlatConsumer {
  offered = 0
  delivered = 0
  failed = 0
  coalesced = 0
  discarded = 0
  state: 'open' | 'leaving' | 'over' = 'open'
  #waiting: FlatItem[] = []
  #inHands: FlatItem | undefined
  #moving = false
  readonly #isState: boolean
  readonly #target: FlatTarget

  /** Of a state the newest waits, of anything else everything. */
  constructor(isState: boolean, target: FlatTarget) {
    this.#isState = isState
    this.#target = target
  }

  get tally(): Tally {
    const { offered, delivered, failed, coalesced, discarded } = this
    const pending = [this.#inHands, ...this.#waiting].filter((item) => item?.kind === 'event').length
    return { offered, delivered, failed, coalesced, dropped: 0, discarded, pending }
  }

  offer(text: string): void {
    if (this.state !== 'open') return
    this.offered++
    const item: FlatItem = { kind: 'event', text }
    const older = this.#isState ? this.#waiting.findIndex(({ kind }) => kind === 'event') : -1
    if (older < 0) this.#waiting.push(item)
    else {
      this.coalesced++
      const isBeforeNotice = this.#waiting.slice(older).some(({ kind }) => kind === 'notice')
      if (isBeforeNotice) {
        this.#waiting.splice(older, 1)
        this.#waiting.push(item)
      } else this.#waiting[older] = item
    }
    this.#move()
  }

  notice(text: string): void {
    if (this.state !== 'open') return
    this.#waiting.push({ kind: 'notice', text })
    this.#move()
  }

  /** What waits is delivered, then the error. */
  fail(): void {
    if (this.state !== 'open') return
    this.state = 'leaving'
    this.#move()
  }

  discard(): void {
    if (this.state === 'over') return
    this.state = 'over'
    this.discarded += this.#waiting.filter(({ kind }) => kind === 'event').length
    this.#waiting = []
  }

  #move(): void {
    if (this.#moving) return
    this.#moving = true
    while (this.#inHands === undefined && this.#waiting.length > 0) this.#hand(this.#waiting.shift()!)
    this.#moving = false
    if (this.state !== 'leaving' || this.#inHands !== undefined) return
    this.state = 'over'
    this.#target.error()
  }

  #hand(item: FlatItem): void {
    this.#inHands = item
    try {
      const work = this.#target.next(item.text)
      if (typeof work !== 'object') this.#settle(false)
      else
        work.then(
          () => this.#settled(false),
          () => this.#settled(true),
        )
    } catch {
      this.#settle(true)
    }
  }

  #settled(isFailed: boolean): void {
    const wasMoving = this.#moving
    // What the report of a failure causes comes after it.
    this.#moving = true
    this.#settle(isFailed)
    this.#moving = wasMoving
    this.#move()
  }

  #settle(isFailed: boolean): void {
    const isEvent = this.#inHands?.kind === 'event'
    this.#inHands = undefined
    if (isEvent && isFailed) this.failed++
    else if (isEvent) this.delivered++
    if (isFailed) this.#target.failed()
  }
}
