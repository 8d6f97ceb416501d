/** How often something happened in the last minute, by the second. For what is rare: one is made when it first happens. */
import { windowMs } from './windows'

const seconds = windowMs / 1000

export class SecondCounts {
  private readonly counts = new Uint32Array(seconds)
  /** Which second a count is of. */
  private readonly stamps = new Float64Array(seconds)
  private total = 0

  add(nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    const at = ((second % seconds) + seconds) % seconds
    if (this.stamps[at] !== second) {
      this.stamps[at] = second
      this.counts[at] = 0
    }
    this.counts[at] = (this.counts[at] as number) + 1
    this.total++
  }

  /** Within the window, to the second. */
  recent(nowMs: number): number {
    const second = Math.floor(nowMs / 1000)
    return this.counts.reduce((sum, count, at) => {
      const age = second - (this.stamps[at] as number)
      return age >= 0 && age < seconds ? sum + count : sum
    }, 0)
  }

  /** Since the beginning. */
  get all(): number {
    return this.total
  }
}
