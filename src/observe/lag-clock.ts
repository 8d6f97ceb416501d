/**
 * Tells the lag of an event from the difference of two clocks, which an exchange without a time service does not name: the
 * quickest events of the last ten minutes are taken to have been under way for half the round trip of a ping. So a lag
 * is what an event took longer than the quickest; a delay that all events have for longer than that looks like a clock.
 */
import { ClockOffset } from '../channels/clock-offset'

const minuteMs = 60_000
const minutes = 10
/** From here on every sixteenth event is enough for the estimate: sorting for it is what costs. */
const settled = 64
const every = 16
/** A stamp this far off is written in another unit (microseconds were seen). */
const absurdMs = 86_400_000

export class LagClock {
  /** How long the newest answer to a ping took. */
  roundTripMs = 0
  private readonly offset = new ClockOffset()
  /** The quickest of each minute. */
  private readonly quickest = new Float64Array(minutes).fill(Infinity)
  private minute = -Infinity
  private seen = 0
  private quickestMs = Infinity

  /** `undefined` while too few events have come, and for a stamp that is none. */
  lagMs(timestamp: number, receivedAtMs: number): number | undefined {
    if (this.seen < settled || this.seen % every === 0) this.observe(timestamp, receivedAtMs)
    this.seen++
    const lagMs = receivedAtMs - timestamp - this.quickestMs + this.roundTripMs / 2
    return Math.abs(lagMs) < absurdMs ? lagMs : undefined
  }

  /** How far our clock is ahead of the exchange's; `undefined` while that cannot be told. */
  get offsetMs(): number | undefined {
    return this.quickestMs === Infinity ? undefined : this.quickestMs - this.roundTripMs / 2
  }

  private observe(timestamp: number, receivedAtMs: number): void {
    this.offset.observe(timestamp, receivedAtMs)
    const { quickMs } = this.offset
    if (quickMs === undefined) return
    const minute = Math.floor(receivedAtMs / minuteMs)
    if (minute !== this.minute) this.turnTo(minute)
    const at = indexOf(minute)
    if (quickMs < (this.quickest[at] as number)) {
      this.quickest[at] = quickMs
      this.quickestMs = Math.min(...this.quickest)
    }
  }

  /** Forgets the minutes that are over for longer than ten. */
  private turnTo(minute: number): void {
    const steps = minute < this.minute ? minutes : Math.min(minutes, minute - this.minute)
    for (let step = 0; step < steps; step++) this.quickest[indexOf(minute - step)] = Infinity
    this.minute = minute
    this.quickestMs = Math.min(...this.quickest)
  }
}

function indexOf(minute: number): number {
  return ((minute % minutes) + minutes) % minutes
}
