/**
 * A server that counts as the exchange might: by fixed windows of its own clock, and backwards from each request. What it
 * counted is written down, and nothing is refused, so that a limit which is exceeded shows.
 */
import { mostInAnyWindow } from '../../scripts/chaos/windows'

export class LimitedServer {
  readonly arrivedAtMs: number[] = []

  constructor(
    private readonly now: () => number,
    /** Where its seconds begin. */
    private readonly phaseMs = 0,
  ) {}

  arrive(): void {
    this.arrivedAtMs.push(this.now())
  }

  /** The most that it counted in a period, in whichever way it counts. */
  most(periodMs: number): number {
    const fixed = new Map<number, number>()
    for (const atMs of this.arrivedAtMs) {
      const window = Math.floor((atMs + this.phaseMs) / periodMs)
      fixed.set(window, (fixed.get(window) ?? 0) + 1)
    }
    return Math.max(0, mostInAnyWindow(this.arrivedAtMs, periodMs), ...fixed.values())
  }

  /** How many of so many are left at this moment, counted backwards. */
  left(limit: number, periodMs: number): number {
    const nowMs = this.now()
    return limit - this.arrivedAtMs.filter((atMs) => atMs > nowMs - periodMs && atMs <= nowMs).length
  }
}
