/**
 * A market's nine candles. A trade changes all of them; each goes out at most once a second and only when changed,
 * and the last state of a period goes out before the next period's first. Documented: `websocket-candle`.
 */
import type { CandleFrame } from '../../protocol/candle'
import type { CandleUnit } from '../../protocol/wire'
import { candleUnits } from '../../protocol/wire'
import { unitMs } from '../candle-period'
import { kstDateTime, utcDateTime } from '../dates'
import type { Execution } from './day-stats'

interface Candle {
  readonly startMs: number
  readonly opening: number
  high: number
  low: number
  close: number
  volume: number
  value: number
  lastTradeMs: number
}

class Series {
  current: Candle | undefined
  changed = false
  /** The last state of a period that ended before it could go out. */
  finished: Candle | undefined

  constructor(
    readonly unit: CandleUnit,
    private readonly lengthMs: number,
  ) {}

  apply({ price, size, tradeMs }: Execution): void {
    const startMs = Math.floor(tradeMs / this.lengthMs) * this.lengthMs
    let candle = this.current
    if (candle === undefined || candle.startMs !== startMs) {
      if (this.changed) this.finished = candle
      candle = {
        startMs,
        opening: price,
        high: price,
        low: price,
        close: price,
        volume: 0,
        value: 0,
        lastTradeMs: 0,
      }
      this.current = candle
    }
    candle.high = Math.max(candle.high, price)
    candle.low = Math.min(candle.low, price)
    candle.close = price
    candle.volume += size
    candle.value += price * size
    candle.lastTradeMs = tradeMs
    this.changed = true
  }
}

export class Candles {
  private readonly series = candleUnits.map((unit) => new Series(unit, unitMs(unit)))

  constructor(private readonly code: string) {}

  apply(execution: Execution): void {
    for (const series of this.series) series.apply(execution)
  }

  /** The newest candle of a unit, of an earlier period if there was no trade in this one. */
  latest(unit: CandleUnit): CandleFrame | undefined {
    const candle = this.series.find((series) => series.unit === unit)?.current
    return candle === undefined ? undefined : this.frame(unit, candle)
  }

  /** What is to be sent this second of the wanted units; says whether something is left for the next. */
  takeChanged(wants: (unit: CandleUnit) => boolean, send: (frame: CandleFrame) => void): boolean {
    let left = false
    for (const series of this.series) {
      if (!wants(series.unit)) {
        series.changed = false
        series.finished = undefined
      } else if (series.finished !== undefined) {
        send(this.frame(series.unit, series.finished))
        series.finished = undefined
        left = true
      } else if (series.changed && series.current !== undefined) {
        send(this.frame(series.unit, series.current))
        series.changed = false
      }
    }
    return left
  }

  private frame(unit: CandleUnit, candle: Candle): CandleFrame {
    return {
      type: `candle.${unit}`,
      code: this.code,
      candle_date_time_utc: utcDateTime(candle.startMs),
      candle_date_time_kst: kstDateTime(candle.startMs),
      opening_price: candle.opening,
      high_price: candle.high,
      low_price: candle.low,
      trade_price: candle.close,
      candle_acc_trade_volume: Math.round(candle.volume * 1e8) / 1e8,
      candle_acc_trade_price: candle.value,
      timestamp: candle.lastTradeMs,
      stream_type: 'REALTIME',
    }
  }
}
