/**
 * The trades of a fill, newest first, each once. Pages come nearly in order, so each is sorted by itself and merged into
 * the end of what is there: no step of a fill takes long, however many trades it has.
 */
import type { RestTradeEvent } from '../../protocol/rest-event'
import { isLargerId } from '../seen-ids'

/** What was fetched may come by the socket, or be looked at by the next fill: two seconds, and ten, later. */
const rememberedMs = 20_000

export interface TradePoint {
  readonly trade_timestamp: number
  readonly sequential_id: string
}

export class TradeRows {
  private readonly rows: RestTradeEvent[] = []
  private ids = new Set<string>()
  /** Those that stay known: begun with the pages, which are newest first, since to pick them out later takes long. */
  private readonly recent = new Set<string>()
  /** When the newest one was executed. */
  newestMs = -Infinity
  /** The latest execution of those that will not stay known. */
  forgottenMs = -Infinity

  /** `recentFromMs`: of what was executed later something may come by the socket, however long it takes. */
  constructor(private readonly recentFromMs = Infinity) {}

  get length(): number {
    return this.rows.length
  }

  /** Counted from the oldest. */
  at(index: number): RestTradeEvent | undefined {
    return this.rows[this.rows.length - 1 - index]
  }

  /** Takes in what of a page is wanted and not there yet. */
  add(page: readonly RestTradeEvent[], isWanted: (row: RestTradeEvent) => boolean): void {
    const fresh: RestTradeEvent[] = []
    for (const row of page) {
      if (this.ids.has(row.sequential_id) || !isWanted(row)) continue
      this.ids.add(row.sequential_id)
      fresh.push(row)
    }
    fresh.sort((one, other) => (isLater(one, other) ? -1 : 1))
    const [first] = fresh
    if (first === undefined) return
    this.newestMs = Math.max(this.newestMs, first.trade_timestamp)
    const recentMs = Math.min(this.newestMs, this.recentFromMs) - rememberedMs
    for (const { sequential_id, trade_timestamp } of fresh) {
      if (trade_timestamp >= recentMs) this.recent.add(sequential_id)
      else this.forgottenMs = Math.max(this.forgottenMs, trade_timestamp)
    }
    let from = this.rows.length
    while (from > 0 && isLater(first, this.rows[from - 1] as RestTradeEvent)) from--
    const tail = this.rows.splice(from)
    let next = 0
    for (const row of fresh) {
      while (next < tail.length && isLater(tail[next] as RestTradeEvent, row)) {
        this.rows.push(tail[next++] as RestTradeEvent)
      }
      this.rows.push(row)
    }
    for (; next < tail.length; next++) this.rows.push(tail[next] as RestTradeEvent)
  }

  has(id: string): boolean {
    return this.ids.has(id)
  }

  /** It came by the socket before the rows were given out: it is none of them any more. */
  forget(id: string): void {
    this.ids.delete(id)
    this.recent.delete(id)
  }

  /** The rows have been given out; ids that may still come by the socket stay known. */
  release(): void {
    this.ids = this.recent
    this.rows.length = 0
  }
}

/** The order of delivery: by time of execution, then by id as a number (C7). */
export function isLater(one: TradePoint, other: TradePoint): boolean {
  if (one.trade_timestamp !== other.trade_timestamp) return one.trade_timestamp > other.trade_timestamp
  return isLargerId(one.sequential_id, other.sequential_id)
}
