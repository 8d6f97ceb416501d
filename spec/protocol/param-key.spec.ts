import type { IndicatorEvent } from '../../src/protocol/info-events'
import { indicatorKey } from '../../src/protocol/param-key'
import { decodeInfo, indicatorSignalText, indicatorText } from './private-frames'
import fc from '../support/seeded-fast-check'

describe('indicatorKey', () => {
  it('names an indicator and its parameters, and of a signal its trigger too', () => {
    expect(indicatorKey(decodeInfo(indicatorText).events[0] as IndicatorEvent)).toBe(
      'ma_crossover(type=EMA,short_period=5,long_period=20)',
    )
    expect(indicatorKey(decodeInfo(indicatorSignalText).events[0] as never)).toBe(
      'volume(period=20) volume_spike(multiplier=2)',
    )
    expect(indicatorKey({ indicator: 'macd', params: {}, trigger: 'dead_cross' })).toBe('macd() dead_cross()')
  })

  it('is the same for 2, 2.0 and 2.00', () => {
    const keys = ['2', '2.0', '2.00', '0.2E1'].map((spelling) =>
      indicatorKey(decodeInfo(indicatorSignalText.replace('2.0}', `${spelling}}`)).events[0] as never),
    )
    expect(new Set(keys)).toEqual(new Set(['volume(period=20) volume_spike(multiplier=2)']))
  })

  it('does not depend on the order of the members', () => {
    const params = fc.dictionary(
      fc.constantFrom('type', 'period', 'multiplier', 'fast', 'slow', 'signal_period', 'new', 'newer'),
      fc.integer(),
    )
    fc.assert(
      fc.property(params, (given) => {
        const reversed = Object.fromEntries(Object.entries(given).reverse())
        expect(indicatorKey({ indicator: 'x', params: reversed })).toBe(
          indicatorKey({ indicator: 'x', params: given }),
        )
      }),
    )
  })
})
