/**
 * After a refusal one request goes first, and the others after its answer (C10.2): a line that has waited would else go at
 * once, and be refused as one. Where nothing was refused lately it has no say.
 */
import type { Permit } from './permits'

/** One that has no answer by then is not waited for any longer: it would hold all others back for ever. */
const patienceMs = 10_000

export class Caution {
  private doubtUntilMs = -Infinity
  private first: Permit | undefined

  /** Something was refused. It is remembered until `untilMs`, or until something that went later is let in. */
  refused(untilMs: number): void {
    this.doubtUntilMs = Math.max(this.doubtUntilMs, untilMs)
  }

  /** Until when nothing goes beside the one that went first. */
  waitUntilMs(nowMs: number): number {
    return this.first === undefined || nowMs >= this.doubtUntilMs
      ? -Infinity
      : this.first.takenAtMs + patienceMs
  }

  /** A request goes. */
  goes(permit: Permit): void {
    if (permit.takenAtMs < this.doubtUntilMs) this.first = permit
  }

  /** Something that went after the refusal was let in. */
  passed(): void {
    this.doubtUntilMs = -Infinity
  }

  /** A request is over, with or without a word; returns whether it was the one that others wait for. */
  over(permit: Permit): boolean {
    if (this.first !== permit) return false
    this.first = undefined
    return true
  }
}
