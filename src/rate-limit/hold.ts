/** HTTP 429: nothing of a line goes for a while, longer with each refusal in a row (C10.2). */
import type { Answer } from './answer'
import { Caution } from './caution'
import type { Permit } from './permits'

/** Without a stated time it is a period, doubling, up to this. */
const longestHoldMs = 30_000

export class Hold {
  untilMs = -Infinity
  /** The answer that said so last. */
  by: Answer | undefined
  readonly caution = new Caution()
  /** Refusals in a row. */
  private row = 0

  /** Nothing goes for the stated time, else for a period, which is past the server's next boundary. */
  refused(
    { takenAtMs }: Permit,
    periodMs: number,
    nowMs: number,
    statedMs: number | undefined,
    answer?: Answer,
  ): void {
    // The answers to what was under way together are one refusal.
    if (takenAtMs >= this.untilMs) this.row++
    const growing = Math.min(periodMs * 2 ** (this.row - 1), Math.max(periodMs, longestHoldMs))
    this.by = answer
    this.until(nowMs + Math.max(periodMs, statedMs ?? growing))
    this.caution.refused(this.untilMs + longestHoldMs)
  }

  /** What went with this permit was let in. */
  passed({ takenAtMs }: Permit): void {
    if (takenAtMs < this.untilMs) return
    this.row = 0
    this.caution.passed()
  }

  until(untilMs: number): void {
    this.untilMs = Math.max(this.untilMs, untilMs)
  }

  /** Whether it has no say any more. */
  isIdle(nowMs: number): boolean {
    // Refusals in a row are remembered as long as the longest hold would be, else who does not wait never waits longer.
    return this.untilMs + (this.row === 0 ? 0 : longestHoldMs) <= nowMs
  }
}
