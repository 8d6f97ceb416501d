/**
 * HTTP 418: who has passed limits again and again is blocked for a while, and every call meanwhile makes it longer
 * (docs.upbit.com `rate-limits`, read 2026-11). One gate for an address, and one for each account, of a host (C10.2).
 */
import type { Answer } from './answer'
import { Caution } from './caution'

/** Without a stated time, for the first block in a row; each further one is twice as long, up to an hour. */
const firstBlockMs = 60_000
const longestBlockMs = 3_600_000

export class Gate {
  blockedUntilMs = -Infinity
  /** The answer that said so last, where it was one over HTTP that is known whole. */
  blockedBy: Answer | undefined
  /** For all lines of the scope: one request of any of them goes first. */
  readonly caution = new Caution()
  /** Blocks in a row. */
  private row = 0

  /** Nothing goes before `statedMs` have passed, or what doubling says; returns the time it took. */
  block(statedMs: number | undefined, nowMs: number, answer?: Answer): number {
    // The answers to what was under way together are one block.
    if (nowMs >= this.blockedUntilMs || this.row === 0) this.row++
    this.blockedBy = answer
    // A stated time of nothing is none: taken at its word, every answer would be followed by the next call.
    const isStated = statedMs !== undefined && statedMs > 0
    const blockMs = isStated ? statedMs : Math.min(firstBlockMs * 2 ** (this.row - 1), longestBlockMs)
    this.blockedUntilMs = Math.max(this.blockedUntilMs, nowMs + blockMs)
    this.caution.refused(this.blockedUntilMs + longestBlockMs)
    return this.blockedUntilMs - nowMs
  }

  /** What went at `takenAtMs` was let in: after a block, the next one is the first again. */
  passed(takenAtMs: number): void {
    if (takenAtMs < this.blockedUntilMs) return
    this.row = 0
    this.caution.passed()
  }

  /** Whether it has no say any more. Blocks in a row are remembered as long as the longest of them would be. */
  isIdle(nowMs: number): boolean {
    return this.blockedUntilMs + (this.row === 0 ? 0 : longestBlockMs) <= nowMs
  }
}
