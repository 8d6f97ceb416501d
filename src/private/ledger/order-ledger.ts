/**
 * The orders of an account by id: all that are open, and those that ended as long as a frame of them may still come. Lists
 * of what is to be looked up are kept as it changes, so that no search goes through all orders.
 */
import type { OpenOrder } from '../../channels/account-view'
import type { RestMyOrderEvent } from '../../protocol/missed-event'
import type { MyOrderEvent } from '../../protocol/private-events'
import type { RestOrder } from '../../rest/rows/order-row'
import { behindMs } from './behind'
import { Beginning } from './beginning'
import { missedOfOrder } from './differences'
import { ExchangeClock } from './exchange-clock'
import { OpenList } from './open-list'
import { createdMs } from './open-order'
import { OrderRecord } from './order-record'
import { clockMarginMs } from './stamps'

/** How long a frame may be late, by the exchange's own clock: a session that was renewed is closed long before. */
const keepMs = 10 * 60_000
/** At most so many orders that ended are remembered. */
const mostEnded = 10_000
/** An order that REST has denied so often in a row is forgotten: no list has it and no id finds it. */
const mostAbsences = 3
/**
 * So far does an exchange's clock go back at the most, as far as it is searched for: where the account makes more orders
 * meanwhile than one answer has. What the answer has is compared however far it went back.
 */
const stepMs = 60_000
/** The times of orders are in whole seconds. */
const secondMs = 1000

export class OrderLedger {
  readonly beginning = new Beginning()
  /** When the last look that was through began, by this machine's clock: only how long ago that was is asked of it. */
  lookedAtMs: number | undefined
  /** Orders of which no end was told. */
  readonly unended = new Set<string>()
  /** Orders of which fills are missing. */
  readonly incomplete = new Set<string>()
  private readonly records = new Map<string, OrderRecord>()
  private readonly open = new OpenList()
  /** The newest instant of the exchange's when it was seen last, by the order in which they ended. */
  private readonly ended = new Map<string, number>()
  private readonly clock = new ExchangeClock()
  /** As far as known, the exchange's present when the ledger began. */
  private begunAtMs = 0
  /** Every order made until then was heard of; `undefined`: until now. */
  private completeUntilMs: number | undefined
  /** Every order made later is remembered, if anything was ever heard of it. */
  private rememberedFromMs = Infinity
  /** Until when frames were whole that were lost since a search began: what it found says nothing of later ones. */
  private lostSinceMs: number | undefined

  /** The newest instant of the exchange's that anything told. */
  private get newestMs(): number {
    return this.clock.newestMs
  }

  /** How many orders are remembered. */
  get size(): number {
    return this.records.size
  }

  /** How many are open. */
  get openCount(): number {
    return this.open.size
  }

  /** The open orders, the newest first. */
  snapshot(): readonly OpenOrder[] {
    return this.open.snapshot()
  }

  touchedAt(uuid: string): number {
    return this.records.get(uuid)?.touchedAt ?? 0
  }

  /** Takes a frame; whether it is news, and whether the open orders are others now. */
  takeFrame(
    event: MyOrderEvent,
    revision: number,
    atMs: number,
  ): { readonly isNews: boolean; readonly isChange: boolean } {
    const { uuid } = event
    let record = this.records.get(uuid)
    if (record === undefined) {
      record = OrderRecord.ofFrame(event, this.isOld(event.order_timestamp))
      this.records.set(uuid, record)
    }
    record.heardAtMs = atMs
    const isNews = record.isNews(event, this.isOpeningLost(event, record))
    const isSound = this.clock.takeFrame(event)
    if (isSound) this.beginning.heard(event.timestamp)
    const before = this.open.orderOf(uuid)
    // What REST told already may be newer than the view: the row that told it was touched by another frame.
    record.learnFrame(event, isNews, isSound)
    this.file(record)
    this.prune()
    const isChange = before !== this.open.orderOf(uuid)
    if (isNews || isChange) record.touchedAt = revision
    return { isNews, isChange }
  }

  /** Takes a row that was asked for at `since`; what nobody told of it, unless a frame came in between. */
  takeRow(row: RestOrder, since: number, receivedAt: number): RowOutcome {
    this.clock.takeRow(createdMs(row), receivedAt)
    let record = this.records.get(row.uuid)
    if (record === undefined) {
      record = OrderRecord.ofRow(row, !this.beginning.hasBegun && this.isOld(createdMs(row)))
      this.records.set(row.uuid, record)
    }
    const isTouched = record.touchedAt > since
    const before = this.open.orderOf(row.uuid)
    record.learnRow(row, isTouched)
    const missed = missedOfOrder(record, row, receivedAt)
    this.file(record)
    return { isTouched, missed, isChange: before !== this.open.orderOf(row.uuid) }
  }

  /**
   * Notes an order that this application made, so that it is looked up though no frame ever tells of it, or a look that came
   * before the answer took it for one of before the beginning.
   */
  expect(row: RestOrder, atMs: number): void {
    let record = this.records.get(row.uuid)
    if (record === undefined) {
      record = OrderRecord.ofRow(row, false)
      this.records.set(row.uuid, record)
      record.learnRow(row, false)
    } else {
      record.claim()
    }
    record.heardAtMs = atMs
    this.file(record)
  }

  /** Whether something that happened to an order was not told yet: that it was opened, a fill, its end. */
  isUntold(uuid: string): boolean {
    return this.records.get(uuid)?.isUntold === true
  }

  /**
   * Notes that a look that began at `sentMs` found REST not to know an order; whether it is forgotten by that. Of what was heard
   * just before that proves nothing, however often it is asked.
   */
  takeAbsence(uuid: string, sentMs: number): boolean {
    const record = this.records.get(uuid)
    if (record === undefined || record.heardAtMs + behindMs > sentMs) return false
    record.absences++
    if (record.absences < mostAbsences) return false
    this.forget(record)
    return true
  }

  /** Notes that the fills of an order cannot be had. */
  takeNoFills(uuid: string): void {
    const record = this.records.get(uuid)
    if (record === undefined) return
    record.searchedAt = record.executed
    this.file(record)
  }

  /** From now on frames may be missed: orders may be made and end unheard. */
  lineLost(): void {
    this.beginning.lineLost()
    this.completeUntilMs ??= this.newestMs
    this.lostSinceMs ??= this.newestMs
  }

  /**
   * A search begins: from when on orders may have been made that nobody heard of, and the exchange's present as far as it is
   * known, which is to be given to `heardOf` when they are found.
   */
  seek(): { readonly sinceMs: number; readonly nowMs: number } {
    this.completeUntilMs ??= this.newestMs
    this.lostSinceMs = undefined
    return this.unheard()
  }

  private unheard(): { readonly sinceMs: number; readonly nowMs: number } {
    const { hasBegun, liveFromMs } = this.beginning
    const untilMs = (this.completeUntilMs ?? this.newestMs) - clockMarginMs
    // Before the first frame all was old.
    const sinceMs = hasBegun || liveFromMs === undefined ? untilMs : Math.max(untilMs, liveFromMs - secondMs)
    return { sinceMs, nowMs: this.newestMs }
  }

  /**
   * How far closed orders are to be read in a search from `sinceMs` on that is whole: the exchange's clock may have gone
   * back in the outage, and no frame said so. Those that are known need not be read.
   */
  reachMs(sinceMs: number): number {
    return Math.min(sinceMs, Math.max(sinceMs - stepMs, this.rememberedFromMs))
  }

  /**
   * Of closed orders those that are known here, and those that are new: made since `sinceMs`, or at a time of which every
   * order is remembered. That needs no clock to be right.
   */
  relevantOf(rows: readonly RestOrder[], sinceMs: number): readonly RestOrder[] {
    return rows.filter((row) => {
      const madeMs = createdMs(row)
      return this.records.has(row.uuid) || madeMs >= sinceMs || madeMs > this.rememberedFromMs
    })
  }

  /**
   * All orders made until `untilMs` are known. Where frames come meanwhile, `isLive`, all until now, or until some were lost
   * after the search had begun.
   */
  heardOf(untilMs: number, isLive: boolean): void {
    if (!this.beginning.hasBegun) this.begunAtMs = this.rememberedFromMs = untilMs
    this.beginning.hasBegun = true
    this.completeUntilMs = isLive ? this.lostSinceMs : untilMs
  }

  /** Whether orders of before the first look may be missed ones, and it is known since when. */
  get isLate(): boolean {
    const { hasBegun, isBlind, liveFromMs } = this.beginning
    return !hasBegun && isBlind && liveFromMs !== undefined
  }

  /** Whether nothing of an order was missed, though nothing is known of it: it is of the time before the beginning. */
  private isOld(madeMs: number): boolean {
    if (this.beginning.hasBegun) return madeMs + secondMs <= this.begunAtMs
    return !this.isLate || madeMs < this.unheard().sinceMs
  }

  /** Whether REST may still say how an order was opened, or that it was triggered: frames were missed that may have said it. */
  private isOpeningLost({ order_timestamp }: MyOrderEvent, { opened }: OrderRecord): boolean {
    if (this.completeUntilMs === undefined) return false
    if (opened !== undefined) return opened === 'watch'
    const isLate = order_timestamp >= this.unheard().sinceMs || order_timestamp > this.rememberedFromMs
    return isLate && !this.isOld(order_timestamp)
  }

  private file(record: OrderRecord): void {
    const { uuid } = record.order
    this.open.put(record)
    if (record.isEndTold) this.unended.delete(uuid)
    else this.unended.add(uuid)
    if (record.isIncomplete) this.incomplete.add(uuid)
    else this.incomplete.delete(uuid)
    if (record.isOpen) this.ended.delete(uuid)
    else if (!this.ended.has(uuid)) this.ended.set(uuid, this.newestMs)
  }

  /**
   * Forgets what is old. Between two answers and not within one, of which some rows are taken for new because nothing is
   * known of them; and nothing that a search which is under way would find, for the same reason.
   */
  prune(): void {
    const { sinceMs } = this.unheard()
    for (const [uuid, endedMs] of this.ended) {
      const record = this.records.get(uuid) as OrderRecord
      const isSettled = record.isEndTold && !record.isIncomplete
      const isSought = record.order.order_timestamp >= sinceMs
      const isOld = isSettled && !isSought && this.newestMs - endedMs > keepMs
      if (!isOld && this.ended.size <= mostEnded) return
      this.forget(record)
    }
  }

  private forget(record: OrderRecord): void {
    const { uuid, order_timestamp } = record.order
    this.rememberedFromMs = Math.max(this.rememberedFromMs, order_timestamp)
    this.records.delete(uuid)
    this.unended.delete(uuid)
    this.incomplete.delete(uuid)
    this.ended.delete(uuid)
    this.open.delete(uuid)
  }
}

export interface RowOutcome {
  /** A frame of it came between the call and its answer: the frame's word stands. */
  readonly isTouched: boolean
  readonly missed: readonly RestMyOrderEvent[]
  /** Whether the open orders are others now. */
  readonly isChange: boolean
}
