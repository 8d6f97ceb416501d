/** What a budget tells of itself, for metrics. */
import type { Priority } from './priority'

/** One budget of the process: what is left of it, and who waited for it. */
export interface Budget {
  /** Of the exchange, with its port where it is none of the usual ones. */
  readonly host: string
  /** What the exchange counts by; whose account it is, is not told. */
  readonly scope: 'address' | 'account' | 'connection'
  /** `websocket-connect`, `websocket-message`, `ticker`, `order` …; `origin` where a browser's calls are one group. */
  readonly group: string
  /** So many in `periodMs`; of several such limits the one that has least left. */
  readonly limit: number
  readonly periodMs: number
  /** How many may go now. */
  readonly free: number
  /** Who waits now, by priority. */
  readonly waiting: Readonly<Record<Priority, number>>
  /** What had to wait and has gone since: how often, how long in all and at most, ms. */
  readonly waits: { readonly count: number; readonly totalMs: number; readonly maxMs: number }
  /** Until when nothing may go, ms since the Unix epoch, because the exchange said so. */
  readonly blockedUntilMs: number | undefined
}

/** Sums up waits. */
export class Waits {
  count = 0
  totalMs = 0
  maxMs = 0

  add(waitedMs: number): void {
    if (waitedMs <= 0) return
    this.count++
    this.totalMs += waitedMs
    this.maxMs = Math.max(this.maxMs, waitedMs)
  }

  get row(): Budget['waits'] {
    return { count: this.count, totalMs: this.totalMs, maxMs: this.maxMs }
  }
}
