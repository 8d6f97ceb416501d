/**
 * The block that repeated violations of a limit earn. Its length is documented only as growing (docs.upbit.com, rate-limit
 * page, read 2026-11), so 60 s doubling is ours.
 */

/** A violation this long after the last one starts the count anew. */
const violationMemoryMs = 600_000

export class Penalty {
  blockedUntilMs = 0
  private violations = 0
  private lastMs = -Infinity

  constructor(private readonly firstBlockMs: number) {}

  /** Notes a violation; one is forgiven, those of the same second count once, the next ones block. */
  violated(nowMs: number): void {
    const quietMs = nowMs - this.lastMs
    if (quietMs < 1_000) return
    this.violations = quietMs > violationMemoryMs ? 1 : this.violations + 1
    this.lastMs = nowMs
    if (this.violations > 1) this.blockedUntilMs = nowMs + this.firstBlockMs * 2 ** (this.violations - 2)
  }
}
