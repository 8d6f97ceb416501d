/**
 * The orders of an account by id: all that are open, and those that ended as long as a frame of them may still come. Lists
 * of what is to be looked up are kept as it changes, so that no search goes through all orders.
 */
import type { RestOrder } from '../rest/rows/order-row'
import { missedOfOrder } from './differences'
import type { OpenOrder } from '../channels/account-view'
import { createdMs } from './open-order'
import { OrderRecord } from './order-record'
import type { MyOrderEvent } from '../protocol/private-events'
import type { RestMyOrderEvent } from '../protocol/missed-event'

/** How long a frame may be late, by the exchange's own clock: a session that was renewed is closed long before. */
const keepMs = 10 * 60_000
/** At most so many orders that ended are remembered. */
export const mostEnded = 10_000
/** An order that REST has denied so often in a row is forgotten: no list has it and no id finds it. */
const mostAbsences = 3
/** The clocks of the exchange's machines are not one. */
const clockMarginMs = 5000

export class OrderLedger {
  /** Whether REST has told once what there is: what comes after it is an event, what was before it is not. */
  hasBegun = false
  /** Orders of which no end was told. */
  readonly unended = new Set<string>()
  /** Orders of which fills are missing. */
  readonly incomplete = new Set<string>()
  private readonly records = new Map<string, OrderRecord>()
  private readonly open = new Set<OrderRecord>()
  /** The newest instant of the exchange's when it was seen last, by the order in which they ended. */
  private readonly ended = new Map<string, number>()
  /** The newest instant of the exchange's that anything told. */
  private newestMs = 0
  /** Every order made until then was heard of; `undefined`: until now. */
  private completeUntilMs: number | undefined

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
    const orders = Array.from(this.open, ({ order }) => order)
    orders.sort((a, b) => b.order_timestamp - a.order_timestamp || (a.uuid < b.uuid ? 1 : -1))
    return Object.freeze(orders)
  }

  touchedAt(uuid: string): number {
    return this.records.get(uuid)?.touchedAt ?? 0
  }

  /** Takes a frame; whether it is news, and whether the open orders are others now. */
  takeFrame(event: MyOrderEvent, revision: number): { readonly isNews: boolean; readonly isChange: boolean } {
    const { uuid } = event
    let record = this.records.get(uuid)
    if (record === undefined) {
      record = OrderRecord.ofFrame(event, this.hasBegun)
      this.records.set(uuid, record)
    }
    if (!record.isNews(event)) return { isNews: false, isChange: false }
    record.touchedAt = revision
    this.newestMs = Math.max(this.newestMs, event.timestamp)
    const before = shownOf(record, this.open)
    record.learnFrame(event)
    this.file(record)
    return { isNews: true, isChange: before !== shownOf(record, this.open) }
  }

  /** Takes a row that was asked for at `since`; what nobody told of it, unless a frame came in between. */
  takeRow(row: RestOrder, since: number, receivedAt: number): RowOutcome {
    this.newestMs = Math.max(this.newestMs, createdMs(row))
    let record = this.records.get(row.uuid)
    if (record === undefined) {
      record = OrderRecord.ofRow(row, !this.hasBegun)
      this.records.set(row.uuid, record)
    }
    const isTouched = record.touchedAt > since
    const before = shownOf(record, this.open)
    record.learnRow(row, isTouched)
    const missed = missedOfOrder(record, row, receivedAt)
    this.file(record)
    return { isTouched, missed, isChange: before !== shownOf(record, this.open) }
  }

  /** Notes an order that this application made, so that it is looked up though no frame ever tells of it. */
  expect(row: RestOrder): void {
    if (this.records.has(row.uuid)) return
    const record = OrderRecord.ofRow(row, false)
    this.records.set(row.uuid, record)
    record.learnRow(row, false)
    this.file(record)
  }

  /** Notes that REST does not know an order; whether it is forgotten by that. */
  takeAbsence(uuid: string): boolean {
    const record = this.records.get(uuid)
    if (record === undefined) return false
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
    this.completeUntilMs ??= this.newestMs
  }

  /**
   * From when on orders may have been made that nobody heard of, and the exchange's present as far as it is known, which
   * is to be given to `heardOf` when they are found.
   */
  unheard(): { readonly sinceMs: number; readonly nowMs: number } {
    return { sinceMs: (this.completeUntilMs ?? this.newestMs) - clockMarginMs, nowMs: this.newestMs }
  }

  /** Of closed orders those that are known here, and those made since `sinceMs`, which are new. */
  relevantOf(rows: readonly RestOrder[], sinceMs: number): readonly RestOrder[] {
    return rows.filter((row) => this.records.has(row.uuid) || createdMs(row) >= sinceMs)
  }

  /** All orders made until `untilMs` are known; without one, all until now, and frames tell of those to come. */
  heardOf(untilMs: number | undefined): void {
    this.completeUntilMs = untilMs
    this.hasBegun = true
  }

  private file(record: OrderRecord): void {
    const { uuid } = record.order
    if (record.isEndTold) this.unended.delete(uuid)
    else this.unended.add(uuid)
    if (record.isIncomplete) this.incomplete.add(uuid)
    else this.incomplete.delete(uuid)
    if (record.isOpen) {
      this.open.add(record)
      this.ended.delete(uuid)
    } else {
      this.open.delete(record)
      if (!this.ended.has(uuid)) this.ended.set(uuid, this.newestMs)
      this.prune()
    }
  }

  private prune(): void {
    for (const [uuid, endedMs] of this.ended) {
      const record = this.records.get(uuid) as OrderRecord
      const isSettled = record.isEndTold && !record.isIncomplete
      const isOld = isSettled && this.newestMs - endedMs > keepMs
      if (!isOld && this.ended.size <= mostEnded) return
      this.forget(record)
    }
  }

  private forget(record: OrderRecord): void {
    const { uuid } = record.order
    this.records.delete(uuid)
    this.unended.delete(uuid)
    this.incomplete.delete(uuid)
    this.ended.delete(uuid)
    this.open.delete(record)
  }
}

export interface RowOutcome {
  /** A frame of it came between the call and its answer: the frame's word stands. */
  readonly isTouched: boolean
  readonly missed: readonly RestMyOrderEvent[]
  /** Whether the open orders are others now. */
  readonly isChange: boolean
}

/** What the view shows of an order: nothing once it has ended. */
function shownOf(record: OrderRecord, open: ReadonlySet<OrderRecord>): OpenOrder | undefined {
  return open.has(record) ? record.order : undefined
}
