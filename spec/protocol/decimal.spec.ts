import { canonicalDecimal } from '../../src/protocol/decimal'
import fc from '../support/seeded-fast-check'

/** The value as a fraction, by BigInt alone: `digits / 10^scale`. */
function exactValue(text: string): { digits: bigint; scale: bigint } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const scale = BigInt(fraction.length) - BigInt(exponent.replace('+', ''))
  const digits = BigInt(whole + fraction)
  return scale < 0n ? { digits: digits * 10n ** -scale, scale: 0n } : { digits, scale }
}

function sameValue(one: string, other: string): boolean {
  const a = exactValue(one)
  const b = exactValue(other)
  return a.digits * 10n ** b.scale === b.digits * 10n ** a.scale
}

const digits = (max: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Array.from('0001234567899')), { minLength: 1, maxLength: max })
    .map((list) => list.join(''))

/** Any number as JSON may spell it, within sizes that the canonical form still holds. */
const jsonNumber = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: digits(25).map((text) => text.replace(/^0+(?=\d)/, '')),
    fraction: fc.option(digits(25), { nil: undefined }),
    exponent: fc.option(
      fc.record({
        mark: fc.constantFrom('e', 'E'),
        sign: fc.constantFrom('', '+', '-'),
        zeros: fc.constantFrom('', '0', '000'),
        size: fc.integer({ min: 0, max: 100 }),
      }),
      { nil: undefined },
    ),
  })
  .map(
    ({ sign, whole, fraction, exponent: e }) =>
      `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}` +
      (e === undefined ? '' : `${e.mark}${e.sign}${e.zeros}${e.size}`),
  )

describe('canonicalDecimal', () => {
  it.each([
    ['1.16539E8', '116539000'],
    ['116539000', '116539000'],
    ['0.00077720', '0.0007772'],
    ['7.772E-4', '0.0007772'],
    ['5.0E-4', '0.0005'],
    ['0E-8', '0'],
    ['-0', '0'],
    ['-0.000e5', '0'],
    ['-12.50', '-12.5'],
    ['1e+2', '100'],
    ['1200E-1', '120'],
    ['100', '100'],
    ['0.1', '0.1'],
    ['17877285547970001', '17877285547970001'],
    ['1386929.37231066771348207123', '1386929.37231066771348207123'],
    ['9007199254740993', '9007199254740993'],
  ])('C3.2 writes %s as %s', (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical)
  })

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '01',
    '-01',
    '.5',
    '5.',
    '1e',
    '1e+',
    '0x10',
    '1_000',
    'NaN',
    'Infinity',
    '1n',
    '--1',
  ])('knows no number in %j, which JSON does not either', (text) => {
    expect(canonicalDecimal(text)).toBeUndefined()
  })

  it('C3.2 has no exponent, no plus, no trailing zeros and no negative nought, whatever the spelling', () => {
    fc.assert(
      fc.property(jsonNumber, (text) => {
        expect(canonicalDecimal(text)).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/)
      }),
    )
  })

  it('changes no value: the canonical text is the same number, digit for digit', () => {
    fc.assert(
      fc.property(jsonNumber, (text) => {
        expect(sameValue(canonicalDecimal(text) ?? '', text)).toBe(true)
      }),
    )
  })

  it('is the same text for the same value: equal by BigInt and equal as text are one thing', () => {
    fc.assert(
      fc.property(jsonNumber, jsonNumber, (one, other) => {
        expect(canonicalDecimal(one) === canonicalDecimal(other)).toBe(sameValue(one, other))
      }),
    )
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 30 }),
        (value, exponent, zeros) => {
          fc.pre(value !== 0n)
          const longer = `${value}${'0'.repeat(zeros)}e${exponent - zeros}`
          expect(canonicalDecimal(longer)).toBe(canonicalDecimal(`${value}E${exponent}`))
        },
      ),
    )
  })

  it('leaves a canonical text as it is', () => {
    fc.assert(
      fc.property(jsonNumber, (text) => {
        const once = canonicalDecimal(text) ?? ''
        expect(canonicalDecimal(once)).toBe(once)
      }),
    )
  })

  it('reads the number that JSON.parse reads, as near as a number can', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
        const text = canonicalDecimal(JSON.stringify(value))
        if (text !== undefined) expect(Number(text)).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  it('gives up on a number that a few bytes make absurdly long, and on none of the same length spelled out', () => {
    expect(canonicalDecimal('1e400')).toBeUndefined()
    expect(canonicalDecimal(`1${'0'.repeat(400)}`)).toBeUndefined()
    expect(canonicalDecimal('1e399')).toBe(`1${'0'.repeat(399)}`)
    expect(canonicalDecimal('1e-401')).toBeUndefined()
    expect(canonicalDecimal('1e-400')).toBe(`0.${'0'.repeat(399)}1`)
    expect(canonicalDecimal('1e99999999999999999999')).toBeUndefined()
    expect(canonicalDecimal('9'.repeat(100_000))).toBeUndefined()
    // Nought is nought with any exponent.
    expect(canonicalDecimal('0.0e99999999999999999999')).toBe('0')
  })

  it('takes no longer than its text: a megabyte of zeros before the last digit is read once', () => {
    const zeros = '0'.repeat(1_000_000)
    const startMs = performance.now()
    expect(canonicalDecimal(`0.${zeros}1`)).toBeUndefined()
    expect(canonicalDecimal(`1.${zeros}`)).toBe('1')
    // Quadratic time would be minutes.
    expect(performance.now() - startMs).toBeLessThan(2000)
  })
})
