/**
 * What consumers were offered and lost in the last minute, for their drop rate. All accounts are added up for it, so it
 * is done once in ten seconds, and only while something happens.
 */
import type { Tally } from '../operators/delivery'
import { windowMs } from './windows'

interface Sample {
  readonly atMs: number
  readonly offered: number
  readonly dropped: number
}

const stepMs = 10_000
const samples = windowMs / stepMs + 1

export class OfferHistory {
  private ring: readonly Sample[]

  constructor(sinceMs: number) {
    this.ring = [{ atMs: sinceMs, offered: 0, dropped: 0 }]
  }

  /** Something is about to happen; `total` is the account of all consumers, past ones included. */
  ahead(nowMs: number, total: () => Tally): void {
    const newest = this.ring[this.ring.length - 1]
    if (newest !== undefined && nowMs >= newest.atMs && nowMs < newest.atMs + stepMs) return
    const { offered, dropped } = total()
    this.ring = [...this.ring, { atMs: nowMs, offered, dropped }].slice(-samples)
  }

  /** The part of what was offered that was lost, 0 to 1. */
  dropRate(nowMs: number, { offered, dropped }: Tally): number {
    const first = this.ring.find(({ atMs }) => atMs >= nowMs - windowMs)
    const since = offered - (first?.offered ?? offered)
    return since <= 0 ? 0 : Math.max(0, dropped - (first?.dropped ?? dropped)) / since
  }
}
