import { numberKind, spellFixed, spellJava, spellNumber, spellPlain } from '../../src/simulator/spelling'
import fc from '../support/seeded-fast-check'

describe('spelling', () => {
  it('46 spells as seen on the wire: exponents and zeros in DEFAULT, plain prices and small exponents in SIMPLE', () => {
    const spell = (field: string, format: 'DEFAULT' | 'SIMPLE', value: number): string =>
      spellNumber(numberKind(field), format, 'as-seen')(value)
    expect(spell('trade_price', 'DEFAULT', 116_539_000)).toBe('1.16539E8')
    expect(spell('trade_price', 'DEFAULT', 3_093)).toBe('3093.0')
    expect(spell('bid_size', 'DEFAULT', 0.0007772)).toBe('0.00077720')
    expect(spell('trade_price', 'SIMPLE', 116_606_000)).toBe('116606000')
    expect(spell('trade_volume', 'SIMPLE', 0.00079276)).toBe('7.9276E-4')
    expect(spell('ask_size', 'SIMPLE', 0.0005)).toBe('5.0E-4')
    expect(spell('timestamp', 'DEFAULT', 1_787_728_554_853)).toBe('1787728554853')
  })

  it('spells without exponents everywhere when told to', () => {
    expect(spellNumber('price', 'DEFAULT', 'plain')(116_539_000)).toBe('116539000')
    expect(spellNumber('size', 'SIMPLE', 'plain')(6.89e-7)).toBe('0.000000689')
  })

  it.each([
    [0, '0', '0', '0'],
    [6.89e-6, '0.00000689', '6.89E-6', '0.00000689'],
    [-1.5e-7, '-0.00000015', '-1.5E-7', '-0.00000015'],
    [1e21, '1000000000000000000000', '1.0E21', '1e+21'],
    [0.001, '0.001', '0.001', '0.00100000'],
    [9_999_999, '9999999', '9999999.0', '9999999.00000000'],
    [1e7, '10000000', '1.0E7', '10000000.00000000'],
    [1e-9, '0.000000001', '1.0E-9', '1.0E-9'],
  ])('knows the edges: %d is %s plain, %s in Java, %s with eight decimals', (value, plain, java, fixed) => {
    expect([spellPlain(value), spellJava(value), spellFixed(value)]).toEqual([plain, java, fixed])
  })

  it('never changes a number: what is read back is what was written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const spell of [spellPlain, spellJava, spellFixed]) {
          const text = spell(value)
          expect(Number(text)).toBe(value === 0 ? 0 : value)
          // It is JSON, too.
          expect(JSON.parse(text)).toBe(value === 0 ? 0 : value)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('tells prices, sizes and other numbers by the field', () => {
    expect(['change_rate', 'acc_trade_price_24h', 'best_ask_price'].map(numberKind)).toEqual([
      'price',
      'price',
      'price',
    ])
    expect(['total_ask_size', 'acc_trade_volume_24h', 'candle_acc_trade_volume'].map(numberKind)).toEqual([
      'size',
      'size',
      'size',
    ])
    expect(['timestamp', 'level', 'sequential_id'].map(numberKind)).toEqual(['plain', 'plain', 'plain'])
  })
})
