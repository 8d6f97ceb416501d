/** One thing after another: what is caused from inside a delivery comes after it, and after what waits already (C4.6). */
export class Turns {
  /** Whether something is under way. */
  isBusy = false
  private readonly waiting: (() => void)[] = []

  /** Does `work` now, or in its turn. */
  inTurn(work: () => void): void {
    if (this.isBusy) {
      this.waiting.push(work)
      return
    }
    this.isBusy = true
    try {
      work()
      this.catchUp()
    } finally {
      this.isBusy = false
    }
  }

  /** Does what waits; for whoever is at its turn. */
  catchUp(): void {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) next()
  }
}
