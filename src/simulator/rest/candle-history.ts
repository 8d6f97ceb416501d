/**
 * The candles of one market, made of its trades when somebody asks: summed in the order of the trades, as the market
 * itself sums, so that a row has the very digits of the last frame of its period. A candle that a test has sent
 * stands in place of what the trades say.
 */
import type { CandleFrame } from '../../protocol/candle'
import type { CandleUnit } from '../../protocol/wire'
import type { DaySoFar } from '../market/day-stats'
import { isCalendarUnit, nextPeriodStart, periodStart } from './period'
import type { RestCandleUnit } from './period'
import type { TradeHistory } from './trade-history'

/** A candle as its market remembers it. */
export interface CandleRow {
  readonly startMs: number
  readonly opening: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly value: number
  readonly lastMs: number
  /** Close of the UTC day before; unknown of a candle that a test has sent. */
  readonly prevClose?: number
}

/** Of those that a test has sent, per length. */
const maxToldCandles = 50_000

export class CandleHistory {
  private readonly told = new Map<RestCandleUnit, Map<number, CandleRow>>()

  private before: DaySoFar | undefined

  constructor(private readonly trades: TradeHistory) {}

  /** The day that the first trade lies in had this before it. */
  begin(day: DaySoFar): void {
    this.before = day
  }

  /** A test has sent it: so it is from now on. */
  tell(frame: CandleFrame): void {
    const unit = frame.type.slice('candle.'.length) as CandleUnit
    const startMs = Date.parse(`${frame.candle_date_time_utc}Z`)
    if (Number.isNaN(startMs)) return
    let rows = this.told.get(unit)
    if (rows === undefined) this.told.set(unit, (rows = new Map<number, CandleRow>()))
    rows.set(startMs, {
      startMs,
      opening: frame.opening_price,
      high: frame.high_price,
      low: frame.low_price,
      close: frame.trade_price,
      volume: frame.candle_acc_trade_volume,
      value: frame.candle_acc_trade_price,
      lastMs: frame.timestamp,
    })
    if (rows.size > maxToldCandles) for (const oldest of rows.keys()) return void rows.delete(oldest)
  }

  /** The last `count` that start before a moment, the newest first; a period without trades has none. */
  startingBefore(unit: RestCandleUnit, ms: number, count: number): readonly CandleRow[] {
    const told = this.told.get(unit) ?? new Map<number, CandleRow>()
    const rows = new Map([...told].filter(([startMs]) => startMs < ms))
    let end = this.trades.indexFrom(nextPeriodStart(unit, ms - 1))
    for (let found = 0; found < count && end > 0; found++) {
      const startMs = periodStart(unit, this.trades.timeAt(end - 1))
      const begin = this.trades.indexFrom(startMs)
      if (!rows.has(startMs)) rows.set(startMs, this.sum(unit, startMs, begin, end))
      end = begin
    }
    return [...rows.values()].sort((a, b) => b.startMs - a.startMs).slice(0, count)
  }

  private sum(unit: RestCandleUnit, startMs: number, begin: number, end: number): CandleRow {
    const { price, prevClose } = this.trades.at(begin)
    const row = { ...this.beginning(unit, startMs, price), startMs, close: price }
    let lastMs = startMs
    for (let index = begin; index < end; index++) {
      const { price, size, tradeMs } = this.trades.at(index)
      row.high = Math.max(row.high, price)
      row.low = Math.min(row.low, price)
      row.close = price
      row.volume += size
      row.value += price * size
      lastMs = tradeMs
    }
    return { ...row, volume: Math.round(row.volume * 1e8) / 1e8, lastMs, prevClose }
  }

  /** What a period had before its first trade: nothing, but for the day and longer in which the market began. */
  private beginning(unit: RestCandleUnit, startMs: number, firstPrice: number): DaySoFar {
    const { before } = this
    const isWithin =
      before !== undefined && isCalendarUnit(unit) && periodStart(unit, before.startMs) === startMs
    if (isWithin) return before
    return { startMs, opening: firstPrice, high: firstPrice, low: firstPrice, volume: 0, value: 0 }
  }
}
