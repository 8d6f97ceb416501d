/** The mean of what was observed in the last half to whole minute; small enough for every consumer to have one. */
import { windowMs } from './windows'

const halfMs = windowMs / 2

export class MeanWindow {
  private half = -Infinity
  private sum = 0
  private count = 0
  private sumBefore = 0
  private countBefore = 0

  add(value: number, nowMs: number): void {
    this.turnTo(nowMs)
    this.sum += value
    this.count++
  }

  /** `undefined` where nothing was observed. */
  mean(nowMs: number): number | undefined {
    this.turnTo(nowMs)
    const count = this.count + this.countBefore
    return count === 0 ? undefined : (this.sum + this.sumBefore) / count
  }

  private turnTo(nowMs: number): void {
    const half = Math.floor(nowMs / halfMs)
    if (half === this.half) return
    const isNext = half === this.half + 1
    this.sumBefore = isNext ? this.sum : 0
    this.countBefore = isNext ? this.count : 0
    this.sum = this.count = 0
    this.half = half
  }
}
