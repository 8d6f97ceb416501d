import { combinationsOf } from '../../../src/protocol/indicator-params'
import { infoItems } from '../../../src/private/info/info-items'
import { infoKey } from '../../../src/private/info/info-key'
import { arbitraryKeys } from './support/arbitrary-keys'
import fc from '../../support/seeded-fast-check'

const rsi = { type: 'rsi', params: { period: 14 } } as const
const volume = { type: 'volume', params: { period: 20 } } as const
const spike = { ...volume, trigger: 'volume_spike', event_params: { multiplier: 2 } } as const

describe('infoItems', () => {
  it('puts together what has the very same markets, by type and timeframe', () => {
    const items = infoItems([
      infoKey('indicator', 'KRW-ETH', '5m', volume),
      infoKey('indicator', 'KRW-BTC', '5m', rsi),
      infoKey('indicator', 'KRW-BTC', '5m', volume),
      infoKey('indicator', 'KRW-ETH', '5m', rsi),
      infoKey('indicator', 'KRW-XRP', '15m', rsi),
      infoKey('indicator_signal', 'KRW-BTC', '5m', spike),
    ])
    expect(items).toEqual([
      { type: 'indicator', codes: ['KRW-BTC', 'KRW-ETH'], timeframe: '5m', indicators: [rsi, volume] },
      { type: 'indicator', codes: ['KRW-XRP'], timeframe: '15m', indicators: [rsi] },
      { type: 'indicator_signal', codes: ['KRW-BTC'], timeframe: '5m', indicators: [spike] },
    ])
  })

  it('asks for exactly what is wanted, each combination once, and counts as many as there are', () => {
    fc.assert(
      fc.property(arbitraryKeys, (keys) => {
        const items = infoItems(keys)
        const asked = items.flatMap(({ type, codes, timeframe, indicators }) =>
          codes.flatMap((code) =>
            indicators.map((indicator) => infoKey(type, code, timeframe, indicator).id),
          ),
        )
        expect(asked.sort()).toEqual(keys.map(({ id }) => id).sort())
        expect(combinationsOf(items)).toBe(keys.length)
      }),
    )
  })

  it('is the same for any order of commands', () => {
    fc.assert(
      fc.property(
        arbitraryKeys.chain((keys) =>
          fc.tuple(fc.constant(keys), fc.shuffledSubarray(keys, { minLength: keys.length })),
        ),
        ([keys, shuffled]) => {
          expect(infoItems(shuffled)).toEqual(infoItems(keys))
        },
      ),
    )
  })
})
