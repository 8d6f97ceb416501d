import {
  countsOrigin,
  dialWindows,
  isDocumented,
  isOfAccount,
  originWindows,
  restWindows,
  shareOf,
} from '../../src/rate-limit/documented-limits'
import fc from '../support/seeded-fast-check'

describe('the documented limits', () => {
  it('counts quotation calls by address and the rest by account', () => {
    const groups = ['market', 'ticker', 'orderbook', 'trade', 'candle', 'default', 'order', 'order-test']
    expect(groups.every(isDocumented)).toBe(true)
    expect(groups.filter(isOfAccount)).toEqual(['default', 'order', 'order-test'])
    expect(isDocumented('crix-trades')).toBe(false)
  })

  it.each(['sg', 'id', 'th'])('takes 8 orders a second in %s', (region) => {
    expect(restWindows(`${region}-api.upbit.com`, 'order', 'account')).toEqual([{ limit: 8, periodMs: 1000 }])
    expect(restWindows(`${region}-api.upbit.com`, 'default', 'account')).toEqual([
      { limit: 30, periodMs: 1000 },
    ])
    expect(restWindows(`${region}-api.upbit.com.invalid`, 'order', 'account')[0]?.limit).toBe(12)
  })

  it('gives a name that nobody documents the least that a group has', () => {
    expect(restWindows('api.upbit.com', 'nobody', 'address')).toEqual([{ limit: 10, periodMs: 1000 }])
    expect(restWindows('api.upbit.com', 'nobody', 'account')).toEqual([{ limit: 8, periodMs: 1000 }])
  })

  it('C11.1 divides down, and less than one call to one in a longer period', () => {
    const of = (limit: number, periodMs: number, share: number): number[] =>
      Object.values(shareOf({ limit, periodMs }, share))
    expect([0.5, 0.3, 0.1, 1].map((share) => of(5, 1000, share))).toEqual([
      [2, 1000],
      [1, 1000],
      [1, 2000],
      [5, 1000],
    ])
    expect([of(1, 2000, 0.5), of(1, 10_000, 0.25)]).toEqual([
      [1, 4000],
      [1, 40_000],
    ])
  })

  it('C11.1 property: processes whose shares are one together call no faster than one alone, in any group', () => {
    const windows = [
      ...['ticker', 'default', 'order', 'order-test', 'order-cancel-all'].flatMap((group) =>
        restWindows('api.upbit.com', group, isOfAccount(group) ? 'account' : 'address'),
      ),
      ...dialWindows,
      ...originWindows,
    ]
    const shares = fc
      .array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 40 })
      .map((parts) => parts.map((part) => part / parts.reduce((sum, each) => sum + each)))
    fc.assert(
      fc.property(fc.constantFrom(...windows), shares, (window, parts) => {
        const divided = parts.map((share) => shareOf(window, share))
        const rate = divided.reduce((sum, { limit, periodMs }) => sum + limit / periodMs, 0)
        expect(rate).toBeLessThanOrEqual((window.limit / window.periodMs) * (1 + 1e-9))
        // Who has a call or more of a period has it of each; only less than one is one in a longer time.
        for (const [index, { limit, periodMs }] of divided.entries()) {
          expect(periodMs === window.periodMs).toBe(window.limit * parts[index]! >= 1)
          expect(limit).toBeGreaterThan(0)
        }
      }),
    )
  })

  it.each([
    ['api.upbit.com', true],
    ['sg-api.upbit.com', true],
    ['api.upbit.com:443', true],
    ['upbit.com.invalid', false],
    ['notupbit.com', false],
    ['127.0.0.1:9000', false],
  ])('has %s count the Origin: %s', (host, expected) => {
    expect(countsOrigin(host)).toBe(expected)
  })
})
