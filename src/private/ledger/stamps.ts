/**
 * The exchange's own times on an account's frames (C5.4): which of them may become a mark, what is newest by them, and when
 * its clock went back. The clock of this machine only says how much time went by between two frames.
 */
import { absurdMs } from '../../channels/clock-offset'
import { StepWatch } from '../../channels/step-watch'

export interface Stamped {
  readonly timestamp: number
  readonly received_at: number
}

/** A stamp further ahead of all others than this is a fault of the stamp, unless it is followed by more of its kind. */
const aheadMs = 60_000

export class StampCheck {
  /** By how much the quickest frames are ahead of this machine's clock. */
  private leadMs: number | undefined
  private readonly steps = new StepWatch()

  /** Whether it may become a mark. */
  isSound(stamped: Stamped): boolean {
    const leadMs = stamped.timestamp - stamped.received_at
    if (leadMs > absurdMs) return false
    if (this.leadMs !== undefined && leadMs - this.leadMs > aheadMs) {
      if (!this.steps.isStepped(stamped)) return false
    } else {
      this.steps.inOrder()
    }
    this.leadMs = Math.max(this.leadMs ?? leadMs, leadMs)
    return true
  }
}

/** The clocks of the exchange's machines are not one, and frames overtake each other: so far behind proves nothing. */
export const clockMarginMs = 5000

/** The newest of sound stamps. */
export class StampMark {
  private readonly steps = new StepWatch()

  constructor(public newestMs = -Infinity) {}

  /** Takes a sound one; whether the clock went back by it, and the mark with it. */
  take(stamped: Stamped): boolean {
    if (stamped.timestamp + clockMarginMs >= this.newestMs) {
      this.steps.inOrder()
      this.newestMs = Math.max(this.newestMs, stamped.timestamp)
      return false
    }
    if (!this.steps.isStepped(stamped)) return false
    this.newestMs = this.steps.newestMs
    return true
  }
}
