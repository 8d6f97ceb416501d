/**
 * Averages and oscillators over a series, an element for each candle, `undefined` as long as there are too few. How the
 * exchange smooths and seeds is not documented, so these are the textbook forms.
 */

export type Series = readonly (number | undefined)[]

/** The simple average of the last `period`. */
export function sma(values: readonly number[], period: number): Series {
  let sum = 0
  return values.map((value, index) => {
    sum += value - (values[index - period] ?? 0)
    return index + 1 < period ? undefined : sum / period
  })
}

/** The exponential average, begun with the simple one of the first `period`. */
export function ema(values: readonly number[], period: number): Series {
  const share = 2 / (period + 1)
  let last: number | undefined
  let sum = 0
  return values.map((value, index) => {
    sum += value
    if (index + 1 < period) return undefined
    last = last === undefined ? sum / period : last + (value - last) * share
    return last
  })
}

/** The standard deviation of the last `period`, of the whole population. */
export function deviation(values: readonly number[], period: number): Series {
  return sma(values, period).map((mean, index) => {
    if (mean === undefined) return undefined
    const squares = values.slice(index + 1 - period, index + 1).map((value) => (value - mean) ** 2)
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / period)
  })
}

/** The relative strength with Wilder's smoothing, 0 to 100; 50 where nothing has moved. */
export function rsi(closes: readonly number[], period: number): Series {
  let gain = 0
  let loss = 0
  return closes.map((close, index) => {
    const change = close - (closes[index - 1] ?? close)
    // The simple average of the first changes; later ones are smoothed into it.
    const kept = index <= period ? 1 : 1 - 1 / period
    gain = gain * kept + Math.max(0, change) / period
    loss = loss * kept + Math.max(0, -change) / period
    if (index < period) return undefined
    return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss)
  })
}

/** An average of a series that begins late, in its place. */
export function emaOf(series: Series, period: number): Series {
  const start = series.findIndex((value) => value !== undefined)
  if (start === -1) return series
  const known = series.slice(start) as readonly number[]
  return [...series.slice(0, start), ...ema(known, period)]
}
