/** Which trades a consumer dropped, in that order, until its runs of drops are told. */
import type { TradePoint } from './trade-rows'

/** A trade that a consumer dropped. */
export interface DroppedTrade {
  readonly code: string
  readonly id: string
  readonly atMs: number
}

/** Of more it is only known how many: they stay missing. */
const most = 100_000

export class DroppedTrades {
  private trades: DroppedTrade[] = []
  /** Dropped when the list was full. */
  private untold = 0

  add({ code, sequential_id: id, trade_timestamp: atMs }: TradePoint & { readonly code: string }): void {
    if (this.trades.length < most && this.untold === 0) this.trades.push({ code, id, atMs })
    else this.untold++
  }

  /** The trades of a run; fewer than `count` where the rest is not known. */
  take(count: number): readonly DroppedTrade[] {
    const taken = this.trades.splice(0, count)
    this.untold -= count - taken.length
    return taken
  }
}

/** What was fetched came later than it should have: a gap that has it begins when it was executed. */
export function earliestMs(trades: readonly DroppedTrade[], fromMs: number): number {
  return trades.reduce((least, { atMs }) => Math.min(least, atMs), fromMs)
}
