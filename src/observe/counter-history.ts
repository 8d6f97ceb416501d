/**
 * What counters were, second by second over the last minute, so that a rate is a difference. They are copied at the first
 * thing that is counted in a second, before it is counted: nothing is copied while nothing happens, and no timer runs.
 */
import type { ConnectionCounters } from '../connection/counters'
import { windowMs } from './windows'

/** The counters that are one number. */
export type CounterName = Exclude<keyof ConnectionCounters, 'byType' | 'drift' | 'stoppedAt'>

interface Copy {
  readonly atMs: number
  readonly counts: Pick<ConnectionCounters, CounterName>
  readonly byType: Readonly<Record<string, number>>
  readonly drift: number
}

const stepMs = 1000
const copies = windowMs / stepMs + 1

export class CounterHistory {
  private readonly ring: Copy[] = []
  private oldest = 0
  private counters: ConnectionCounters | undefined
  private dueMs = -Infinity
  private lastMs = -Infinity

  constructor(private readonly sinceMs: number) {}

  /** Something is about to be counted. Returns whether a second has begun with it. */
  ahead(nowMs: number, counters: ConnectionCounters): boolean {
    if (nowMs < this.dueMs && nowMs >= this.lastMs) return false
    this.counters = counters
    // A clock that went back would make everything lie in the future.
    if (nowMs < this.lastMs) this.ring.length = this.oldest = 0
    this.lastMs = nowMs
    this.dueMs = nowMs + stepMs
    const { byType, drift, stoppedAt: _, ...counts } = counters
    const copy: Copy = { atMs: nowMs, counts, byType: { ...byType }, drift: sumOf(drift) }
    if (this.ring.length < copies) this.ring.push(copy)
    else {
      this.ring[this.oldest] = copy
      this.oldest = (this.oldest + 1) % copies
    }
    return true
  }

  /** By how much a counter rose in the window before now. */
  risen(name: CounterName, nowMs: number, spanMs: number): number {
    const copy = this.copyAt(nowMs - spanMs)
    return copy === undefined || this.counters === undefined ? 0 : this.counters[name] - copy.counts[name]
  }

  /** How many events of a type came in it. */
  risenOfType(type: string, nowMs: number, spanMs: number): number {
    const copy = this.copyAt(nowMs - spanMs)
    return copy === undefined ? 0 : (this.counters?.byType[type] ?? 0) - (copy.byType[type] ?? 0)
  }

  /** How often schema drift was met in it. */
  risenDrift(nowMs: number, spanMs: number): number {
    const copy = this.copyAt(nowMs - spanMs)
    return copy === undefined || this.counters === undefined ? 0 : sumOf(this.counters.drift) - copy.drift
  }

  /** So many seconds of the window have been lived through, one at least: five frames in 20 ms are no 250 a second. */
  secondsOf(nowMs: number, spanMs: number): number {
    return Math.max(1, Math.min(spanMs, nowMs - this.sinceMs) / 1000)
  }

  /** The first copy of the window: between two copies nothing happens but in the first second. */
  private copyAt(fromMs: number): Copy | undefined {
    for (let index = 0; index < this.ring.length; index++) {
      const copy = this.ring[(this.oldest + index) % this.ring.length] as Copy
      if (copy.atMs >= fromMs) return copy
    }
    return undefined
  }
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  let sum = 0
  for (const name in counts) sum += counts[name] as number
  return sum
}
