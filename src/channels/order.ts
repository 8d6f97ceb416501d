/**
 * Which events may pass (C5): the verdict on one event of one key, given what was delivered before. One rule for
 * states (ticker, order book, a candle's period), one for trades.
 */
import type { CandleEvent, TradeEvent } from '../protocol/events'
import type { ClockOffset } from './clock-offset'
import { farAheadMs } from './clock-offset'
import type { EventHead } from './event-key'
import { SeenIds } from './seen-ids'
import { StepWatch } from './step-watch'

/** `duplicate` and `stale` are withheld and counted under these names. */
export type OrderVerdict = 'pass' | 'duplicate' | 'stale'

export interface OrderPorts {
  readonly clock: ClockOffset
  /** The mark of a key was reset, since the exchange's clock went back. */
  readonly stepped: (event: EventHead) => void
}

/** The newest `timestamp` delivered, and what came behind it. */
export class StateOrder {
  private mark = -Infinity
  private epoch = 0
  private readonly steps = new StepWatch()

  constructor(private readonly ports: OrderPorts) {}

  judge(event: EventHead): OrderVerdict {
    const isFirstOfEpoch = event.epoch !== this.epoch
    this.epoch = event.epoch
    if (event.stream_type === 'SNAPSHOT') return this.judgeSnapshot(event, isFirstOfEpoch)
    this.ports.clock.observe(event.timestamp, event.received_at)
    if (event.timestamp < this.mark) return this.isStepped(event) ? 'pass' : 'stale'
    this.steps.inOrder()
    this.raise(event)
    return 'pass'
  }

  private judgeSnapshot(event: EventHead, isFirstOfEpoch: boolean): OrderVerdict {
    if (isFirstOfEpoch && event.timestamp < this.mark) return 'stale'
    if (!isFirstOfEpoch && event.timestamp <= this.mark) return 'duplicate'
    this.raise(event)
    return 'pass'
  }

  private raise(event: EventHead): void {
    // A fault of the stamp (microseconds were seen), not of the order.
    if (this.ports.clock.aheadMs(event.timestamp, event.received_at) > farAheadMs) return
    this.mark = event.timestamp
  }

  private isStepped(event: EventHead): boolean {
    if (!this.steps.isStepped(event)) return false
    this.mark = this.steps.newestMs
    this.ports.stepped(event)
    return true
  }
}

/** So many periods of a candle are remembered: late frames are seconds late, never hours. */
const rememberedPeriods = 8

/** Each period of a candle is a state of its own; a late frame of an earlier period passes by its own mark. */
export class CandleOrder {
  private readonly periods = new Map<string, StateOrder>()

  constructor(private readonly ports: OrderPorts) {}

  judge(event: CandleEvent): OrderVerdict {
    const period = event.candle_date_time_utc
    let order = this.periods.get(period)
    if (order === undefined) {
      order = new StateOrder(this.ports)
      this.periods.set(period, order)
      const [oldest] = this.periods.keys()
      if (this.periods.size > rememberedPeriods && oldest !== undefined) this.periods.delete(oldest)
    }
    return order.judge(event)
  }
}

/** Identity is the exact id; order is the order of arrival, since ids do not follow the order of execution. */
export class TradeOrder {
  constructor(private readonly seen = new SeenIds()) {}

  judge({ sequential_id: id }: TradeEvent): OrderVerdict {
    return this.seen.add(id) ? 'pass' : 'duplicate'
  }
}
