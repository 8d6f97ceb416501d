import { listedOf } from './support/listed'
import { infoDifference } from '../../../src/private/info/info-difference'
import { infoItems } from '../../../src/private/info/info-items'
import { infoKey } from '../../../src/private/info/info-key'
import { arbitraryKeys } from './support/arbitrary-keys'
import fc from '../../support/seeded-fast-check'

const bands = { type: 'bollinger_bands', params: { period: 20, multiplier: 2 } } as const
const rsi = { type: 'rsi', params: { period: 14 } } as const
const key = infoKey('indicator', 'KRW-BTC', '5m', bands)
const item = { type: 'indicator', codes: ['KRW-BTC'], timeframe: '5m', indicators: [bands] }

describe('infoDifference', () => {
  it('C9.7 finds none in the list of what was asked for', () => {
    fc.assert(
      fc.property(arbitraryKeys, (keys) => {
        const text = JSON.stringify(infoItems(keys))
        expect(infoDifference(keys, listedOf(text))).toEqual([])
      }),
    )
  })

  it('C9.7 names what is in only one of both', () => {
    fc.assert(
      fc.property(arbitraryKeys, fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }), (keys, bits) => {
        const wanted = keys.filter((_, index) => bits[index])
        const listed = keys.filter((_, index) => bits[100 + index])
        const expected = [
          ...wanted.filter((each) => !listed.includes(each)).map(({ id }) => `- ${id}`),
          ...listed.filter((each) => !wanted.includes(each)).map(({ id }) => `+ ${id}`),
        ]
        const found = infoDifference(wanted, listedOf(JSON.stringify(infoItems(listed))))
        expect([...found].sort()).toEqual(expected.sort())
      }),
    )
  })

  it('2 and 2.0 are one, in whatever order the parameters come', () => {
    const text = JSON.stringify([item])
    for (const params of ['{"period":20,"multiplier":2.0}', '{"multiplier":2.00,"period":20.0}']) {
      const listed = text.replace('{"period":20,"multiplier":2}', params)
      expect(listed).toContain(params)
      expect(infoDifference([key], listedOf(listed))).toEqual([])
    }
    expect(infoDifference([key], listedOf(text.replace('"multiplier":2}', '"multiplier":2.5}')))).toEqual([
      `- ${key.id}`,
      '+ indicator KRW-BTC 5m bollinger_bands(period=20,multiplier=2.5)',
    ])
  })

  it('takes what an item does not name for all of it', () => {
    const other = infoKey('indicator', 'KRW-BTC', '15m', rsi)
    expect(infoDifference([key], listedOf('[{"type":"indicator","codes":["KRW-BTC"]}]'))).toEqual([])
    expect(infoDifference([key, other], listedOf('[{"type":"indicator","timeframe":"5m"}]'))).toEqual([
      `- ${other.id}`,
    ])
    expect(infoDifference([key], listedOf('[{"type":"indicator_signal","codes":["KRW-BTC"]}]'))).toEqual([
      `- ${key.id}`,
      '+ indicator_signal',
    ])
    expect(infoDifference([key], [])).toEqual([`- ${key.id}`])
  })
})
