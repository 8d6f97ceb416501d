/**
 * What was offered in the last minute, for a drop rate. An account is looked at once in ten seconds, and only while
 * something happens.
 */
import { windowMs } from './windows'

interface Sample {
  readonly atMs: number
  readonly offered: number
}

const stepMs = 10_000
/** One at or before the beginning of the window, whenever that is. */
const samples = windowMs / stepMs + 2

export class OfferHistory {
  private ring: readonly Sample[]

  /** Nothing was offered until `sinceMs`. */
  constructor(sinceMs: number) {
    this.ring = [{ atMs: sinceMs, offered: 0 }]
  }

  /** Something is about to be offered. Returns whether the account was looked at. */
  ahead(nowMs: number, offered: () => number): boolean {
    const newest = this.ring[this.ring.length - 1]
    if (newest !== undefined && nowMs < newest.atMs + stepMs) return false
    this.ring = [...this.ring, { atMs: nowMs, offered: offered() }].slice(-samples)
    return true
  }

  /** The part of what was offered that was lost, 0 to 1, where `offered` are those of all time and `dropped` of the window. */
  dropRate(nowMs: number, offered: number, dropped: number): number {
    if (dropped === 0) return 0
    // What was lost may have been offered before the window began.
    return dropped / Math.max(dropped, offered - this.before(nowMs - windowMs))
  }

  /** What had been offered before this time, to ten seconds. Between two samples nothing happens but in the first of these. */
  private before(atMs: number): number {
    let offered = this.ring[0]?.offered ?? 0
    for (const sample of this.ring) if (sample.atMs <= atMs) offered = sample.offered
    return offered
  }
}
