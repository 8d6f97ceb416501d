/** What an indicator says of a row of closed candles, under the exchange's names of its values. */
import type { RequestedIndicator } from '../request-indicator'
import type { Series } from './series'
import { deviation, ema, emaOf, rsi, sma } from './series'

/** A candle whose period is over. */
export interface ClosedCandle {
  readonly startMs: number
  readonly close: number
  readonly volume: number
}

/** The values after one candle; `undefined` as long as there are too few candles. */
export type IndicatorValue = Readonly<Record<string, number>>

/** One for each candle, the oldest first as the candles are. */
export function indicatorValues(
  { indicator, params }: RequestedIndicator,
  candles: readonly ClosedCandle[],
): readonly (IndicatorValue | undefined)[] {
  const closes = candles.map(({ close }) => close)
  // Checked when they were asked for.
  const number = (name: string): number => params[name] as number
  const average = (period: string): Series => (params.type === 'EMA' ? ema : sma)(closes, number(period))
  switch (indicator) {
    case 'volume': {
      const volumes = candles.map(({ volume }) => volume)
      const averages = sma(volumes, number('period'))
      return together({ volume: volumes, avg_volume: averages, ratio: over(volumes, averages) })
    }
    case 'rsi':
      return together({ rsi: rsi(closes, number('period')) })
    case 'moving_average':
      return together({ value: average('period') })
    case 'ma_crossover':
      return together({ ma_short: average('short_period'), ma_long: average('long_period') })
    case 'bollinger_bands': {
      const middle = sma(closes, number('period'))
      const width = deviation(closes, number('period')).map((value) => times(value, number('multiplier')))
      return together({
        bb_upper: sum(middle, width),
        bb_middle: middle,
        bb_lower: sum(middle, width, -1),
      })
    }
    default: {
      const macd = sum(ema(closes, number('fast')), ema(closes, number('slow')), -1)
      const signal = emaOf(macd, number('signal_period'))
      return together({ macd, macd_signal: signal, histogram: sum(macd, signal, -1) })
    }
  }
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}

function sum(one: Series, other: Series, sign = 1): Series {
  return one.map((value, index) => {
    const added = other[index]
    return value === undefined || added === undefined ? undefined : value + sign * added
  })
}

function over(values: Series, by: Series): Series {
  return values.map((value, index) => {
    const divisor = by[index]
    return value === undefined || divisor === undefined || divisor === 0 ? undefined : value / divisor
  })
}

/** The values of each candle that has all of them, without the noise of adding fractions. */
function together(series: Readonly<Record<string, Series>>): readonly (IndicatorValue | undefined)[] {
  const entries = Object.entries(series)
  const length = entries[0]?.[1].length ?? 0
  return Array.from({ length }, (_, index) => {
    const values = entries.map(([name, ofName]) => [name, ofName[index]] as const)
    if (values.some(([, value]) => value === undefined)) return undefined
    return Object.fromEntries(
      values.map(([name, value]) => [name, Math.round((value as number) * 1e8) / 1e8]),
    )
  })
}
