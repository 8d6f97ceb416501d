/**
 * The executed trades of one market, the oldest first: by time of execution, then by id. In columns, because a proof
 * executes a quarter of a million of them and an object each would take five times the room.
 */
import { dayMs } from '../dates'

/** A trade as its market remembers it. */
export interface ExecutedTrade {
  readonly tradeMs: number
  readonly id: bigint
  readonly price: number
  readonly size: number
  readonly prevClose: number
  readonly askBid: 'ASK' | 'BID'
}

/** Today and the seven days that `days_ago` reaches. */
export const keptMs = 8 * dayMs
export const maxTrades = 500_000

interface Columns {
  readonly times: Float64Array
  readonly prices: Float64Array
  readonly sizes: Float64Array
  readonly prevCloses: Float64Array
  readonly sides: Uint8Array
  readonly ids: BigUint64Array
}

function columns(capacity: number): Columns {
  return {
    times: new Float64Array(capacity),
    prices: new Float64Array(capacity),
    sizes: new Float64Array(capacity),
    prevCloses: new Float64Array(capacity),
    sides: new Uint8Array(capacity),
    ids: new BigUint64Array(capacity),
  }
}

export class TradeHistory {
  /** How many there are; they have the indexes from 0. */
  length = 0
  private columns = columns(64)
  /** Where the first is: what is forgotten is cut off at once and moved together with the next growth. */
  private offset = 0

  /** Enters it in its place; `false` if it is there already. */
  add(trade: ExecutedTrade): boolean {
    const index = this.indexFrom(trade.tradeMs, trade.id)
    if (index < this.length && this.timeAt(index) === trade.tradeMs && this.idAt(index) === trade.id) {
      return false
    }
    if (this.offset + this.length === this.columns.times.length) this.makeRoom()
    const at = this.offset + index
    const end = this.offset + this.length
    for (const column of Object.values(this.columns) as Float64Array[]) column.copyWithin(at + 1, at, end)
    const { times, prices, sizes, prevCloses, sides, ids } = this.columns
    times[at] = trade.tradeMs
    prices[at] = trade.price
    sizes[at] = trade.size
    prevCloses[at] = trade.prevClose
    sides[at] = trade.askBid === 'ASK' ? 0 : 1
    ids[at] = trade.id
    this.length++
    if (this.length > maxTrades) this.forget(1)
    return true
  }

  /** Forgets what was executed before. */
  forgetBefore(ms: number): void {
    if (this.length > 0 && this.timeAt(0) < ms) this.forget(this.indexFrom(ms))
  }

  at(index: number): ExecutedTrade {
    const { times, prices, sizes, prevCloses, sides, ids } = this.columns
    const at = this.offset + index
    return {
      tradeMs: times[at] as number,
      id: ids[at] as bigint,
      price: prices[at] as number,
      size: sizes[at] as number,
      prevClose: prevCloses[at] as number,
      askBid: sides[at] === 0 ? 'ASK' : 'BID',
    }
  }

  timeAt(index: number): number {
    return this.columns.times[this.offset + index] as number
  }

  /** The index of the first that is not before this time and id; the length if all are. */
  indexFrom(ms: number, id = 0n): number {
    let low = 0
    let high = this.length
    // Nearly every trade is the newest.
    if (high > 0 && this.isBefore(high - 1, ms, id)) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.isBefore(middle, ms, id)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The index of the trade with this id. */
  indexOf(id: bigint): number | undefined {
    // The exchange's own ids begin with the time, so that no search is needed.
    const guess = this.indexFrom(Number(id / 10_000n), id)
    if (guess < this.length && this.idAt(guess) === id) return guess
    const end = this.offset + this.length
    const found = this.columns.ids.subarray(this.offset, end).lastIndexOf(id)
    return found === -1 ? undefined : found
  }

  private idAt(index: number): bigint {
    return this.columns.ids[this.offset + index] as bigint
  }

  private isBefore(index: number, ms: number, id: bigint): boolean {
    const time = this.timeAt(index)
    return time < ms || (time === ms && this.idAt(index) < id)
  }

  private forget(count: number): void {
    this.offset += count
    this.length -= count
  }

  private makeRoom(): void {
    const old = this.columns
    const capacity = old.times.length
    const from = this.offset
    this.columns = columns(this.length > capacity / 2 ? capacity * 2 : capacity)
    this.offset = 0
    for (const name of Object.keys(old) as (keyof Columns)[]) {
      // Both are of one kind, which the types cannot say of a name that varies.
      const column = this.columns[name] as Float64Array
      column.set((old[name] as Float64Array).subarray(from, from + this.length))
    }
  }
}
