/** The newest instant of the exchange's that anything told of an account's orders. */
import { StampCheck, StampMark } from './stamps'
import type { Stamped } from './stamps'

export class ExchangeClock {
  private readonly check = new StampCheck()
  private readonly mark = new StampMark(0)
  /** By how much it is ahead of this machine's since it went back; `undefined`: it never did. */
  private leadMs: number | undefined

  get newestMs(): number {
    return this.mark.newestMs
  }

  /** Takes a frame's; whether it may be the present. */
  takeFrame(frame: Stamped): boolean {
    if (!this.check.isSound(frame)) return false
    const leadMs = frame.timestamp - frame.received_at
    if (this.mark.take(frame)) this.leadMs = leadMs
    else if (this.leadMs !== undefined) this.leadMs = Math.max(this.leadMs, leadMs)
    return true
  }

  /** Takes when an order was made. After the clock went back, one of before may seem to be made in the future. */
  takeRow(madeMs: number, receivedMs: number): void {
    const presentMs = this.leadMs === undefined ? Infinity : receivedMs + this.leadMs
    this.mark.newestMs = Math.max(this.mark.newestMs, Math.min(madeMs, presentMs))
  }
}
