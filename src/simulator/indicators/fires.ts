/**
 * Whether a signal fires with the last candle: only at a change from not met to met. Where two lines are compared and
 * equal, the last unequal comparison stands (docs.upbit.com, `websocket-indicator-signal`, read 2026-11).
 *
 * Told from the candles alone: what is met is so whether or not anybody was subscribed, and without an earlier
 * comparison nothing fires.
 */
import type { RequestedIndicator } from '../request-indicator'
import type { ClosedCandle, IndicatorValue } from './indicator-values'

/** Above 0 is met, below is not, 0 is equal. */
type Comparison = (value: IndicatorValue, candle: ClosedCandle) => number

export function fires(
  indicator: RequestedIndicator,
  candles: readonly ClosedCandle[],
  values: readonly (IndicatorValue | undefined)[],
): boolean {
  const compare = comparisonOf(indicator)
  let isMet: boolean | undefined
  let wasMet: boolean | undefined
  values.forEach((value, index) => {
    wasMet = isMet
    const compared = value === undefined ? 0 : compare(value, candles[index] as ClosedCandle)
    if (compared !== 0) isMet = compared > 0
  })
  return wasMet === false && isMet === true
}

function comparisonOf({ indicator, trigger, event_params: given = {} }: RequestedIndicator): Comparison {
  const threshold = Number(given.threshold)
  switch (trigger) {
    case 'volume_spike':
      return ({ volume = 0, avg_volume = 0 }) => met(volume >= Number(given.multiplier) * avg_volume)
    case 'overbought':
      return ({ rsi = 0 }) => met(rsi >= threshold)
    case 'oversold':
      return ({ rsi = 0 }) => met(rsi <= threshold)
    case 'price_cross_above':
      return ({ value = 0, bb_upper = value }, { close }) => close - bb_upper
    case 'price_cross_below':
      return ({ value = 0, bb_lower = value }, { close }) => bb_lower - close
    case 'golden_cross':
      return (value) => lead(indicator, value)
    case 'dead_cross':
      return (value) => -lead(indicator, value)
    case 'zero_cross_above':
      return ({ macd = 0 }) => macd
    default:
      return ({ macd = 0 }) => -macd
  }
}

/** A threshold knows no equal. */
function met(isMet: boolean): number {
  return isMet ? 1 : -1
}

/** By how much the fast line is above the slow one. */
function lead(
  indicator: string,
  { ma_short = 0, ma_long = 0, macd = 0, macd_signal = 0 }: IndicatorValue,
): number {
  return indicator === 'macd' ? macd - macd_signal : ma_short - ma_long
}
