/**
 * When a reader is made: at the first frame of its head, and again when so many in a row were not recognised that the
 * exchange must write its keys in another order. It costs a millisecond, so it is rationed: a stranger now and then is
 * read by the guard.
 */

const missesToRelearn = 32
/** A head that keeps changing is not worth more. */
const mostAnHour = 8
const hourMs = 3_600_000

export class Lessons {
  private misses = 0
  private heldAtMs: readonly number[] = []

  recognised(): void {
    this.misses = 0
  }

  /** A frame was not recognised; whether it is to be learned from. */
  missed(nowMs: number): boolean {
    this.misses++
    if (this.heldAtMs.length > 0 && this.misses < missesToRelearn) return false
    this.misses = 0
    // A clock that was set back must not stretch the hour.
    const recent = this.heldAtMs.filter((atMs) => Math.abs(nowMs - atMs) < hourMs)
    if (recent.length >= mostAnHour) return false
    this.heldAtMs = [...recent, nowMs]
    return true
  }
}
