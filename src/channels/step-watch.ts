/** Whether stamps behind a mark say that the mark is wrong: the exchange's clock went back (C5.4). */

/** So many frames behind the mark in a row, or so long of them, do. */
const behindFrames = 3
const behindMs = 2000

interface Stamped {
  readonly timestamp: number
  readonly received_at: number
}

export class StepWatch {
  /** The newest stamp of those behind the mark. */
  newestMs = -Infinity
  private behind = 0
  private sinceMs = 0

  /** One came that is not behind. */
  inOrder(): void {
    this.behind = 0
  }

  /** One came that is. Says whether the clock went back. */
  isStepped({ timestamp, received_at: receivedMs }: Stamped): boolean {
    if (this.behind === 0) {
      this.sinceMs = receivedMs
      this.newestMs = -Infinity
    }
    this.behind++
    this.newestMs = Math.max(this.newestMs, timestamp)
    if (this.behind < behindFrames && receivedMs - this.sinceMs < behindMs) return false
    this.behind = 0
    return true
  }
}
