import { fires } from '../../../src/simulator/indicators/fires'
import { indicatorValues } from '../../../src/simulator/indicators/indicator-values'
import type { RequestedIndicator } from '../../../src/simulator/request-indicator'

/** After which candles a signal fires, when they close one after the other. */
function firings(
  asked: RequestedIndicator,
  closes: readonly number[],
  volumes: readonly number[] = closes,
): number[] {
  const candles = closes.map((close, index) => ({ startMs: index, close, volume: volumes[index] as number }))
  return candles.flatMap((_, index) => {
    const row = candles.slice(0, index + 1)
    return fires(asked, row, indicatorValues(asked, row)) ? [index] : []
  })
}

const average = (trigger: string): RequestedIndicator => ({
  indicator: 'moving_average',
  params: { type: 'SMA', period: 2 },
  trigger,
  event_params: {},
})

describe('a signal', () => {
  it('67 fires when its condition comes true, not while it stays so, and again after it was left', () => {
    //               avg:   -  9  8.5 9.5 11 10.5 9.5 10
    const closes = [10, 8, 9, 10, 12, 9, 10, 10]
    expect(firings(average('price_cross_above'), closes)).toEqual([2, 6])
    expect(firings(average('price_cross_below'), closes)).toEqual([5])
  })

  it('67 does not fire for the first comparison there is', () => {
    expect(firings(average('price_cross_above'), [1, 2, 3, 4])).toEqual([])
    expect(firings(average('price_cross_below'), [4, 3, 2, 1])).toEqual([])
  })

  it('67 keeps the last unequal comparison for as long as the lines are equal', () => {
    // Below, then equal three times, then above: one change. Above, equal, above: none.
    expect(firings(average('price_cross_above'), [10, 8, 8, 8, 8, 9])).toEqual([5])
    expect(firings(average('price_cross_above'), [10, 8, 9, 9, 9, 10])).toEqual([2])
    expect(firings(average('price_cross_below'), [10, 8, 9, 9, 9, 8])).toEqual([5])
  })

  it('67 takes an equal value for met where there is a threshold', () => {
    const spike: RequestedIndicator = {
      indicator: 'volume',
      params: { period: 2 },
      trigger: 'volume_spike',
      event_params: { multiplier: 1.5 },
    }
    expect(firings(spike, [1, 1, 1, 1], [1, 1, 3, 3])).toEqual([2])
    const strength = (trigger: string, threshold: number): RequestedIndicator => ({
      indicator: 'rsi',
      params: { period: 2 },
      trigger,
      event_params: { threshold },
    })
    expect(firings(strength('overbought', 75), [10, 8, 8, 14])).toEqual([3])
    expect(firings(strength('oversold', 30), [10, 12, 12, 2])).toEqual([3])
  })

  it('crosses of averages, of macd and zero go both ways', () => {
    const wave = Array.from({ length: 120 }, (_, index) => 1_000 + Math.round(100 * Math.sin(index / 9)))
    const crossing = (indicator: string, params: RequestedIndicator['params'], trigger: string): number[] =>
      firings({ indicator, params, trigger, event_params: {} }, wave)
    const macd = { fast: 12, slow: 26, signal_period: 9 }
    const averages = { type: 'EMA', short_period: 5, long_period: 20 }
    for (const [indicator, params, up, down] of [
      ['ma_crossover', averages, 'golden_cross', 'dead_cross'],
      ['macd', macd, 'golden_cross', 'dead_cross'],
      ['macd', macd, 'zero_cross_above', 'zero_cross_below'],
    ] as const) {
      const [ups, downs] = [crossing(indicator, params, up), crossing(indicator, params, down)]
      expect(ups.length).toBeGreaterThan(0)
      expect(Math.abs(ups.length - downs.length)).toBeLessThanOrEqual(1)
      // In turn: between two of one kind there is one of the other.
      const all = [...ups.map((at) => [at, 'up']), ...downs.map((at) => [at, 'down'])].sort(
        ([one], [other]) => Number(one) - Number(other),
      )
      all.slice(1).forEach(([, kind], index) => expect(kind).not.toBe(all[index]?.[1]))
    }
  })

  it('of bands is about the band of its side', () => {
    const band = (trigger: string): RequestedIndicator => ({
      indicator: 'bollinger_bands',
      params: { period: 3, multiplier: 1 },
      trigger,
      event_params: {},
    })
    const closes = [10, 11, 10, 20, 10, 11, 0, 10]
    expect(firings(band('price_cross_above'), closes)).toEqual([3])
    expect(firings(band('price_cross_below'), closes)).toEqual([6])
  })
})
