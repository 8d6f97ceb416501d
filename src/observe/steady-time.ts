/**
 * Times of the wall clock as those of a clock that is never set back, for whoever has read the wall clock already: a frame
 * has one look at the clock (`base/steady-clock.ts` is for those who look themselves).
 */

/** A time that was kept for a while is a little older than the newest, and no clock was set back for that. */
const staleMs = 1000

export class SteadyTime {
  private newestMs = -Infinity
  private shiftMs = 0

  at(nowMs: number): number {
    const steadyMs = nowMs + this.shiftMs
    if (steadyMs >= this.newestMs) return (this.newestMs = steadyMs)
    if (steadyMs >= this.newestMs - staleMs) return steadyMs
    this.shiftMs += this.newestMs - steadyMs
    return this.newestMs
  }
}
