/** Sums of an account: exact, whatever the number of digits, and in the one spelling that everything is compared in. */
import { canonicalDecimal } from '../../src/protocol/decimal'
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  subtractDecimals,
} from '../../src/protocol/decimal-math'
import fc from '../support/seeded-fast-check'

describe('decimal arithmetic', () => {
  it.each([
    ['0.1', '0.2', '0.3', '-0.1'],
    [
      '1386929.37231066771348207123',
      '0.00000000000000000077',
      '1386929.372310667713482072',
      '1386929.37231066771348207046',
    ],
    ['100', '0.00000001', '100.00000001', '99.99999999'],
    ['-1.5', '1.5', '0', '-3'],
    ['0', '0', '0', '0'],
  ])('%s and %s: sum %s, difference %s', (a, b, sum, difference) => {
    expect([addDecimals(a, b), subtractDecimals(a, b)]).toEqual([sum, difference])
  })

  it.each<[string, string, number, string | undefined]>([
    ['9999.04785', '0.00009713', 20, '102945000'],
    ['10', '3', 5, '3.33333'],
    ['20', '3', 5, '6.66667'],
    ['-20', '3', 5, '-6.66667'],
    ['1', '8', 2, '0.13'],
    ['1', '-8', 2, '-0.13'],
    ['1', '0', 2, undefined],
    ['0', '7', 2, '0'],
  ])('%s by %s to %i digits is %s', (a, b, digits, quotient) => {
    expect(divideDecimals(a, b, digits)).toBe(quotient)
  })

  it.each<[string, string, -1 | 0 | 1]>([
    ['9', '10', -1],
    ['0.5', '0.05', 1],
    ['-2', '1', -1],
    ['1.5', '1.5', 0],
    ['12345678901234567890.1', '12345678901234567890.2', -1],
  ])('compares %s with %s: %i', (a, b, order) => {
    expect(compareDecimals(a, b)).toBe(order)
  })

  it('a sum takes back what it took, and every result is in canonical spelling', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(25))
      .map(([units, scale]) => canonicalDecimal(`${units}e-${scale}`) as string)
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = addDecimals(a, b)
        expect(subtractDecimals(sum, b)).toBe(a)
        expect(compareDecimals(sum, a)).toBe(compareDecimals(b, '0'))
        expect(canonicalDecimal(sum)).toBe(sum)
      }),
    )
  })
})
