/**
 * What is known of one order: what it is, how it stands, and what of it was told. Everything in it only ever grows: fills
 * are a set, the executed volume never falls, an end is an end. So frames and rows may come in any order, and often.
 */
import type { OpenOrder } from '../../channels/account-view'
import { addDecimals, compareDecimals, subtractDecimals } from '../../protocol/decimal-math'
import { isNothingLeft } from '../../protocol/is-order-filled'
import type { MyOrderEvent } from '../../protocol/private-events'
import type { RestOrder } from '../../rest/rows/order-row'
import { isSameOrder, orderOfFrame, orderOfRow } from './open-order'

/** How an order ends, by the socket and by REST. */
export type OrderEnd = 'done' | 'cancel'

export function isEnd(state: string): state is OrderEnd {
  return state === 'done' || state === 'cancel'
}

/** Frames that change no fill and no end are few: a wait, a trigger, a self-match. */
const mostSeen = 256

export class OrderRecord {
  /** The ledger's count of frames when the newest of this order came; 0: none did. */
  touchedAt = 0
  /** When a frame of it came last, or it was placed, by the ledger's clock. */
  heardAtMs = -Infinity
  /** In how many looks in a row REST knew nothing of it. */
  absences = 0
  /** The order as it stands; the same object as long as nothing of it is different. */
  order: OpenOrder
  end: OrderEnd | undefined
  isEndTold = false
  private isEndByRest = false
  /** The largest executed volume that anything told. */
  executed: string
  /** How far it was told to be opened; what happened later says that it was. */
  opened: 'watch' | 'wait' | undefined
  /** Executed volume at which REST had no more fills to tell, though it says that there are. */
  searchedAt: string | undefined
  /** Of self-match prevention, or nothing is left: not in the book any more, though no end was told. */
  private isOut = false
  private newestMs = -Infinity
  /** Only fills were heard of: the order's own price is not known. */
  private isSketch = false
  /** The volume of the known fills, and of those before the beginning. */
  private known: string
  /** Of those before the beginning, the volume that frames told nevertheless. */
  private toldBefore = '0'
  /** What was taken for told, since it was before the beginning. */
  private readonly silent = { opening: false, end: false }
  /** By id, whether it was told. */
  private readonly fills = new Map<string, boolean>()
  private readonly seen = new Set<string>()
  /** States that REST told, whose frame may still come. */
  private readonly toldByRest = new Set<string>()

  /** `before` is what it had executed when the ledger began: fills that are nobody's loss. */
  private constructor(
    order: OpenOrder,
    private before: string,
  ) {
    this.order = order
    this.executed = order.executed_volume
    this.known = before
  }

  /** Of an order of which a frame is the first thing heard; `isOld` as below. */
  static ofFrame(event: MyOrderEvent, isOld: boolean): OrderRecord {
    const { state, executed_volume, volume } = event
    const before = state === 'trade' ? subtractDecimals(executed_volume, volume ?? '0') : executed_volume
    const record = new OrderRecord(orderOfFrame(event, undefined), isOld ? before : '0')
    record.isSketch = state === 'trade'
    return record
  }

  /** Of an order that REST was the first to tell of; `isOld`: before the beginning, so that nothing of it was missed. */
  static ofRow(row: RestOrder, isOld: boolean): OrderRecord {
    const record = new OrderRecord(orderOfRow(row, undefined), isOld ? row.executed_volume : '0')
    if (!isOld) return record
    record.opened = row.state === 'watch' ? 'watch' : 'wait'
    record.isEndTold = isEnd(row.state)
    record.silent.opening = true
    record.silent.end = record.isEndTold
    return record
  }

  /** Whether it is in the book or waits for its trigger. */
  get isOpen(): boolean {
    return this.end === undefined && !this.isOut
  }

  /** Whether more was executed than the known fills say. */
  get isIncomplete(): boolean {
    return this.searchedAt !== this.executed && compareDecimals(this.known, this.executed) < 0
  }

  /** Whether something that happened to it was not told yet. */
  get isUntold(): boolean {
    return this.opened === undefined || this.isIncomplete || (this.end !== undefined && !this.isEndTold)
  }

  /**
   * The application made it after the beginning, though it was taken for an older one: what was silently known of it is
   * missing. That it was opened is not, once anything else of it was told.
   */
  claim(): void {
    const { silent } = this
    if (silent.opening && ![...this.fills.values()].includes(true) && (silent.end || !this.isEndTold))
      this.opened = undefined
    if (silent.end) this.isEndTold = false
    silent.opening = silent.end = false
    this.known = addDecimals(subtractDecimals(this.known, this.before), this.toldBefore)
    this.before = this.toldBefore = '0'
    for (const [id, isTold] of this.fills) if (!isTold) this.fills.delete(id)
    this.searchedAt = undefined
  }

  /**
   * Notes a frame; whether it says something that was not told before. `isOpeningLost`: it may be later than a frame that
   * was missed and said how the order was opened. Where none was, there may be none: not each order need be opened by one.
   * After a fill or an end none is told, lost or not: whoever follows the order by its last event would see it open.
   */
  isNews(event: MyOrderEvent, isOpeningLost: boolean): boolean {
    const { state, trade_uuid, executed_volume, prevented_volume, timestamp, volume } = event
    this.silent.opening = false
    if (state === 'watch') this.opened ??= 'watch'
    else if (!isOpeningLost || state === 'wait' || state === 'trade' || isEnd(state)) this.opened = 'wait'
    if (state === 'trade' && trade_uuid !== null) {
      const wasTold = this.fills.get(trade_uuid)
      const isCounted = wasTold ?? this.addFill(trade_uuid, volume ?? '0', executed_volume)
      if (!isCounted) this.toldBefore = addDecimals(this.toldBefore, volume ?? '0')
      this.fills.set(trade_uuid, true)
      return wasTold !== true
    }
    if (isEnd(state)) {
      // An order ends once, whoever tells it.
      const isFirst = !this.isEndTold
      this.isEndTold = true
      return isFirst
    }
    // What REST has told is later than this.
    if (this.isEndByRest && state !== 'prevented') return false
    if (state === 'watch' && this.toldByRest.has('wait')) return false
    const identity = `${state} ${executed_volume} ${prevented_volume} ${timestamp}`
    if (this.seen.has(identity)) return false
    if (this.seen.size >= mostSeen)
      for (const oldest of this.seen.values()) {
        this.seen.delete(oldest)
        break
      }
    this.seen.add(identity)
    return !this.toldByRest.delete(state)
  }

  /**
   * Takes what a frame says of the order, as far as it is newer than what is known. Where it says so itself, its time does
   * not count: that may be wrong, unless it `isSound`, and the exchange's clock may have gone back.
   */
  learnFrame(event: MyOrderEvent, isNews: boolean, isSound: boolean): void {
    const { state, executed_volume, timestamp } = event
    const growth = this.growthBy(event)
    // The same frame again is no change; another one of the same moment may be.
    const isLater = timestamp > this.newestMs || (isNews && timestamp === this.newestMs)
    if (growth > 0 || (growth === 0 && isLater)) {
      this.show(orderOfFrame(event, this.order))
      if (isSound) this.newestMs = growth > 0 ? timestamp : Math.max(this.newestMs, timestamp)
      // Self-match prevention goes by the `smp_type` of the order that came, which may be another one than this.
      this.isOut = (state === 'prevented' || state === 'trade') && isNothingLeft(event)
    } else if (this.isSketch && state !== 'trade') {
      this.show(Object.freeze({ ...this.order, price: event.price, volume: event.volume }))
    }
    if (state !== 'trade') this.isSketch = false
    this.raise(executed_volume)
    if (isEnd(state)) this.end ??= state
  }

  /** Takes what a row says: all of it, unless a frame `isNewer`, or the row is older than what is known. */
  learnRow(row: RestOrder, isNewer: boolean): void {
    this.absences = 0
    const isOlder = this.growthByRow(row) < 0
    if (!isNewer && !isOlder) {
      this.show(orderOfRow(row, this.order))
      this.isOut = isNothingLeft(row)
      this.isSketch = false
    }
    this.raise(row.executed_volume)
    if (isEnd(row.state)) this.end ??= row.state
  }

  private show(order: OpenOrder): void {
    if (!isSameOrder(order, this.order)) this.order = order
  }

  /** Notes that REST tells its end. */
  tellEnd(): void {
    this.isEndTold = true
    this.isEndByRest = true
  }

  /** Notes that REST tells how it was opened. */
  tellOpening(state: 'wait' | 'watch'): void {
    this.opened = state
    this.toldByRest.add(state)
  }

  /** Notes a fill that REST tells; whether that is news. `executedVolume` is that of the order with it. */
  isNewsOfFill(id: string, volume: string, executedVolume: string): boolean {
    if (this.fills.has(id)) return false
    return this.addFill(id, volume, executedVolume)
  }

  /** Whether the order has gone on by it, is as it was (0), or was further already, by what never goes back. */
  private growthBy({ state, executed_volume, prevented_volume }: MyOrderEvent): number {
    const { order } = this
    const executed = compareDecimals(executed_volume, order.executed_volume)
    if (executed !== 0) return executed
    if (order.state === 'watch' && state !== 'watch') return 1
    return compareDecimals(prevented_volume ?? '0', order.prevented_volume ?? '0')
  }

  /** The same by a row; one that says nothing of self-match prevention is no older for that. */
  private growthByRow({ executed_volume, prevented_volume }: RestOrder): number {
    const { order } = this
    const executed = compareDecimals(executed_volume, order.executed_volume)
    if (executed !== 0 || prevented_volume === undefined) return executed
    return compareDecimals(prevented_volume, order.prevented_volume ?? '0')
  }

  private addFill(id: string, volume: string, executedVolume: string): boolean {
    const isLater = compareDecimals(executedVolume, this.before) > 0
    if (isLater) this.known = addDecimals(this.known, volume)
    this.fills.set(id, isLater)
    return isLater
  }

  private raise(executed: string): void {
    if (compareDecimals(executed, this.executed) > 0) this.executed = executed
  }
}
