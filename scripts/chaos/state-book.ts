/** What one consumer of states saw: the newest of each stream, judged as it comes by the rule of C5.1. */
import type { CandleEvent, GapEvent, OrderbookEvent, TickerEvent } from '../../src/index'
import { streamOf } from './ledger'
import type { Violations } from './violations'

export type StateEvent = TickerEvent | OrderbookEvent | CandleEvent

/** By so many frames in order everybody knows of a clock that has come right; without a session none come. */
const steadyFrames = 16
/** Further ahead than any delay between two clocks that are one. */
const aheadMs = 100

interface Newest {
  readonly version: number
  readonly timestamp: number
  readonly epoch: number
  readonly unsteady: boolean
}

export class StateBook {
  readonly newest = new Map<string, Newest>()
  readonly gaps: GapEvent[] = []
  error: string | undefined
  isOpen = true
  count = 0
  /** How many REALTIME frames came since the clock was wrong. */
  private steadyCount = 0

  constructor(
    readonly name: string,
    /** The streams that it is owed the newest state of. */
    readonly streams: readonly string[],
    private readonly violations: Violations,
    /** Whether the exchange's clock has stepped lately; `undefined`: it never has. */
    private readonly isUnsteady: () => boolean | undefined,
  ) {}

  take(event: StateEvent | GapEvent): void {
    if (event.type === 'gap') return void this.gaps.push(event)
    this.count++
    const stream = streamOf(event)
    // A late frame of an earlier period passes by the period's own mark (C5.2).
    const order = 'candle_date_time_utc' in event ? `${stream} ${event.candle_date_time_utc}` : stream
    const known = this.newest.get(order)
    const { timestamp, epoch, received_at } = event
    // A SNAPSHOT that was made while the clock was ahead raises the mark whenever it is sent.
    const stepped = this.isUnsteady()
    if (stepped === true) this.steadyCount = 0
    else if (event.stream_type === 'REALTIME') this.steadyCount++
    const unsteady =
      (stepped !== undefined && this.steadyCount < steadyFrames) || timestamp > received_at + aheadMs
    if (known !== undefined) {
      if (epoch < known.epoch) {
        this.violations.add('C4.5', `${this.name}: ${stream} of epoch ${epoch} after ${known.epoch}`)
      }
      if (timestamp < known.timestamp && !unsteady && !known.unsteady) {
        const behindMs = known.timestamp - timestamp
        this.violations.add('C5.1', `${this.name}: ${stream} went back by ${behindMs} ms in epoch ${epoch}`)
      }
    }
    const newest = { version: versionOf(event), timestamp, epoch, unsteady }
    this.newest.set(order, newest)
    this.newest.set(stream, newest)
  }

  close(error?: string): void {
    this.error = error
    this.isOpen = false
  }
}

/** Where the market writes which state this is. */
function versionOf(event: StateEvent): number {
  if (event.type === 'ticker') return event.acc_trade_volume_24h
  if (event.type === 'orderbook') return event.total_bid_size
  return event.candle_acc_trade_volume
}
