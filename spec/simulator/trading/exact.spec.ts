import {
  exact,
  exactText,
  parseExact,
  ratio,
  shareOf,
  times,
  volumeFor,
} from '../../../src/simulator/trading/exact'
import fc from '../../support/seeded-fast-check'

describe('exact money', () => {
  it.each([
    ['1386929.37231066771348207123', '1386929.37231066771348207123'],
    ['0.00050000', '0.0005'],
    ['1.16539E8', '116539000'],
    ['-0.5', '-0.5'],
    ['0', '0'],
  ])('reads %s and writes %s', (text, written) => expect(exactText(exact(text))).toBe(written))

  it.each(['', 'x', '1,5', '0.0000000000000000000000001', '1e400', ' 1'])('reads nothing from %j', (text) => {
    expect(parseExact(text)).toBeUndefined()
    expect(() => exact(text)).toThrow(RangeError)
  })

  it('multiplies and adds as whole numbers do', () => {
    const decimals = fc.bigInt(0n, 10n ** 16n)
    fc.assert(
      fc.property(decimals, decimals, fc.bigInt(0n, 10_000n), (price, volume, rate) => {
        const unit = 10n ** 16n
        const product = times(times(price * unit, volume * unit), rate * 10n ** 20n)
        expect(product * 10n ** 0n).toBe((price * volume * rate * 10n ** 24n) / 10n ** 20n)
      }),
    )
  })

  it('buys whole units of volume, rounds an average, takes a share', () => {
    expect(exactText(volumeFor(exact('10000'), exact('102945000')))).toBe('0.00009713')
    expect(exactText(ratio(exact('2'), exact('3')))).toBe('0.66666667')
    expect(ratio(exact('2'), 0n)).toBe(0n)
    expect(exactText(shareOf(exact('0.00000003'), 0.5))).toBe('0.00000001')
  })
})
