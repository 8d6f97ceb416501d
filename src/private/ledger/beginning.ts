/**
 * When the knowledge of a subject begins: with the first look by REST that is through, which is silent. Frames that came
 * before it and were then lost make that look a late one: what happened meanwhile it cannot tell from what was before.
 */

export class Beginning {
  /** Whether REST has told once what there is: what comes after it is an event, what was before it is not. */
  hasBegun = false
  /** Frames were lost before the first look was through, and no look since has owned up to it. */
  isBlind = false
  /** An instant of the exchange's at which frames came already; `undefined`: none came before the first look. */
  liveFromMs: number | undefined
  /** How often frames were lost. */
  losses = 0
  private isLive = false

  /** From now on frames come. */
  live(): void {
    this.isLive = true
  }

  /** Notes a frame's instant of the exchange's. */
  heard(atMs: number): void {
    if (this.isLive && !this.hasBegun) this.liveFromMs ??= atMs
  }

  /** From now on frames may be missed. */
  lineLost(): void {
    this.losses++
    if (this.isLive && !this.hasBegun) this.isBlind = true
    this.isLive = false
  }

  /** A look is through and told all that it found; whether more may be missing for good. */
  settle(): boolean {
    const { isBlind } = this
    this.isBlind = false
    return isBlind
  }
}
