import { KnownKeys } from '../../src/channels/known-keys'
import { streamKey } from '../../src/registry/stream-key'

describe('KnownKeys', () => {
  it('gives the same keys for the same single code, type and level', () => {
    const known = new KnownKeys()
    const keys = known.of('ticker', ['KRW-BTC'])
    expect(keys).toEqual([streamKey('ticker', 'KRW-BTC')])
    expect(known.of('ticker', ['KRW-BTC'])).toBe(keys)
    expect(known.of('trade', ['KRW-BTC'])).toEqual([streamKey('trade', 'KRW-BTC')])
    expect(known.of('orderbook', ['KRW-BTC'], 10)).toEqual([streamKey('orderbook', 'KRW-BTC', 10)])
    expect(known.of('orderbook', ['KRW-BTC'])).toEqual([streamKey('orderbook', 'KRW-BTC')])
  })

  it('makes those of several codes, in their order', () => {
    expect(new KnownKeys().of('ticker', ['KRW-ETH', 'KRW-BTC']).map(({ code }) => code)).toEqual([
      'KRW-ETH',
      'KRW-BTC',
    ])
  })

  it('does not grow for ever', () => {
    const known = new KnownKeys()
    const first = known.of('ticker', ['KRW-BTC'])
    for (let i = 0; i < 1000; i++) known.of('ticker', [`KRW-C${i}`])
    expect(known.of('ticker', ['KRW-BTC'])).toEqual(first)
    expect(known.of('ticker', ['KRW-BTC'])).not.toBe(first)
  })
})
