import { indicatorMembers } from '../../../src/protocol/indicator-fields'
import { indicatorRules } from '../../../src/protocol/indicator-params'
import { indicatorValues } from '../../../src/simulator/indicators/indicator-values'

const candles = (closes: readonly number[], volumes: readonly number[] = closes) =>
  closes.map((close, index) => ({ startMs: index, close, volume: volumes[index] ?? 0 }))
const steps = (count: number): number[] => Array.from({ length: count }, (_, index) => 100 + index)
const last = (indicator: string, params: object, closes: readonly number[], volumes?: readonly number[]) =>
  indicatorValues({ indicator, params: { ...params } }, candles(closes, volumes)).at(-1)

describe('indicatorValues', () => {
  it('have the members that the tables name, for every indicator', () => {
    for (const [indicator, { values }] of Object.entries(indicatorRules)) {
      for (const set of values) {
        const params = Object.fromEntries(Object.entries(set).map(([name, allowed]) => [name, allowed[0]]))
        const value = last(indicator, params, steps(250))
        expect(Object.keys(value ?? {})).toEqual(indicatorMembers[indicator as 'rsi'].value)
      }
    }
  })

  it('are none as long as there are too few candles', () => {
    expect(last('moving_average', { type: 'SMA', period: 5 }, steps(4))).toBeUndefined()
    expect(last('moving_average', { type: 'SMA', period: 5 }, steps(5))).toEqual({ value: 102 })
    expect(last('rsi', { period: 2 }, steps(2))).toBeUndefined()
    expect(last('macd', { fast: 12, slow: 26, signal_period: 9 }, steps(33))).toBeUndefined()
    expect(last('macd', { fast: 12, slow: 26, signal_period: 9 }, steps(34))).toBeDefined()
  })

  it('compare a volume with the mean of the last ones, itself included', () => {
    expect(last('volume', { period: 5 }, steps(5), [1, 1, 1, 1, 6])).toEqual({
      volume: 6,
      avg_volume: 2,
      ratio: 3,
    })
  })

  it('put the bands as many deviations from the mean as asked for', () => {
    const closes = [2, 4, 4, 4, 5, 5, 7, 9, 5, 5]
    const value = last('bollinger_bands', { period: 10, multiplier: 2 }, closes)
    const mean = 5
    const width = 2 * Math.sqrt(closes.reduce((sum, close) => sum + (close - mean) ** 2, 0) / 10)
    expect(value?.bb_middle).toBe(5)
    expect(value?.bb_upper).toBeCloseTo(mean + width, 7)
    expect(value?.bb_lower).toBeCloseTo(mean - width, 7)
  })

  it('are the lag of the averages on a straight line: macd and crossover', () => {
    // An average over n candles of a line of slope 1 lags by (n - 1) / 2.
    expect(last('ma_crossover', { type: 'EMA', short_period: 5, long_period: 20 }, steps(250))).toEqual({
      ma_short: 349 - 2,
      ma_long: 349 - 9.5,
    })
    expect(last('macd', { fast: 12, slow: 26, signal_period: 9 }, steps(250))).toEqual({
      macd: 7,
      macd_signal: 7,
      histogram: 0,
    })
  })
})
