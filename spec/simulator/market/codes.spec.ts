import { isMarketCode } from '../../../src/protocol/market-code'
import { listings } from '../../../src/simulator/market/codes'

describe('listings', () => {
  it('are 855 plausible, different codes, divided as on the exchange', () => {
    const all = listings(855)
    expect(all.every(({ code }) => isMarketCode(code))).toBe(true)
    expect(new Set(all.map(({ code }) => code)).size).toBe(855)
    const of = (quote: string): number => all.filter((listing) => listing.quote === quote).length
    expect([of('KRW'), of('BTC'), of('USDT')]).toEqual([289, 328, 238])
  })

  it('begin with the busiest markets, and are the same however many are asked for', () => {
    expect(listings(5).map(({ code }) => code)).toEqual([
      'KRW-BTC',
      'BTC-ETH',
      'USDT-BTC',
      'KRW-ETH',
      'BTC-XRP',
    ])
    expect(listings(855).slice(0, 100)).toEqual(listings(100))
  })
})
