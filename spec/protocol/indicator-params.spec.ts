import { indicatorMembers } from '../../src/protocol/indicator-fields'
import {
  combinationsOf,
  indicatorNames,
  indicatorRules,
  indicatorTriggers,
  maxCombinations,
} from '../../src/protocol/indicator-params'
import type { ParamSet } from '../../src/protocol/indicator-params'

describe('indicatorRules', () => {
  it.each(indicatorNames)('has the same parameters of %s for values, signals and events', (name) => {
    const { values, signals, triggers } = indicatorRules[name]
    const sets: readonly ParamSet[] = [...values, ...signals]
    for (const set of sets) expect(Object.keys(set)).toEqual(indicatorMembers[name].params)
    const asked = new Set(Object.values(triggers as Record<string, ParamSet>).flatMap(Object.keys))
    expect([...asked]).toEqual(indicatorMembers[name].event_params)
  })

  it('knows each trigger once', () => {
    expect(indicatorTriggers).toEqual([
      'volume_spike',
      'overbought',
      'oversold',
      'price_cross_above',
      'price_cross_below',
      'golden_cross',
      'dead_cross',
      'zero_cross_above',
      'zero_cross_below',
    ])
  })
})

describe('combinationsOf', () => {
  it('counts codes times indicators, over values and signals together', () => {
    expect(combinationsOf([])).toBe(0)
    expect(
      combinationsOf([
        { codes: ['KRW-BTC', 'KRW-ETH'], indicators: [1, 2, 3, 4] },
        { codes: ['KRW-BTC'], indicators: [1, 2] },
        { codes: [], indicators: [1] },
      ]),
    ).toBe(10)
    expect(maxCombinations).toBe(100)
  })
})
