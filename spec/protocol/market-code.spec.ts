import { isMarketCode, proposeMarketCode, WireCode } from '../../src/protocol/market-code'
import fc from '../support/seeded-fast-check'

/** Codes of listed markets, one of each kind that the exchange's list has. */
const listed = [
  'KRW-BTC',
  'KRW-USDT',
  'USDT-BTC',
  'BTC-ETH',
  'KRW-1INCH',
  'BTC-BTT',
  'USDT-XRP',
  'KRW-A',
  'SGD-BTC',
]

const fiat = fc.constantFrom('KRW', 'SGD', 'IDR', 'THB')
const quote = fc.constantFrom('KRW', 'BTC', 'USDT', 'SGD', 'IDR', 'THB')
/** A base currency that neither is nor begins or ends like a quote currency, so that every spelling is unambiguous. */
const base = fc
  .array(fc.constantFrom(...Array.from('ACEFGHJLMNOPQVXYZ0123456789')), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join(''))

describe('isMarketCode', () => {
  it.each(listed)('C2.2 takes %s', (code) => {
    expect(isMarketCode(code)).toBe(true)
  })

  it.each([
    'BTC/KRW',
    'BTC-KRW',
    'USDT-KRW',
    'KRWBTC',
    'krw-btc',
    'KRW-BTC.15',
    'KRW-KRW',
    'KRW-SGD',
    'ETH-XRP',
    'KRW-',
    '-BTC',
    'KRW',
    '',
    ' KRW-BTC',
    'KRW-BTC ',
    'KRW-BTC\n',
    'KRW_BTC',
    'KRW-BTC-ETH',
    'KRW-비트',
    '__proto__',
    'constructor-BTC',
    `KRW-${'A'.repeat(21)}`,
  ])('C2.2 refuses %j', (code) => {
    expect(isMarketCode(code)).toBe(false)
  })

  it.each([
    [undefined],
    [null],
    [7],
    [{}],
    [['KRW-BTC']],
    [Symbol('KRW-BTC')],
    [new String('KRW-BTC')],
    [() => 'KRW-BTC'],
  ])('refuses %p, which is no string', (value) => {
    expect(isMarketCode(value)).toBe(false)
  })

  it('takes USDT and BTC in either order, since each may be priced in the other', () => {
    expect([isMarketCode('USDT-BTC'), isMarketCode('BTC-USDT')]).toEqual([true, true])
  })

  it('C2.2 takes a pair with a currency of a state in one order only', () => {
    fc.assert(
      fc.property(fiat, fc.oneof(quote, base), (one, other) => {
        expect(isMarketCode(`${one}-${other}`) && isMarketCode(`${other}-${one}`)).toBe(false)
      }),
    )
  })
})

describe('proposeMarketCode', () => {
  it.each([
    ['BTC/KRW', 'KRW-BTC'],
    ['BTC-KRW', 'KRW-BTC'],
    ['KRWBTC', 'KRW-BTC'],
    ['krw-btc', 'KRW-BTC'],
    ['BTCKRW', 'KRW-BTC'],
    ['btc_krw', 'KRW-BTC'],
    [' KRW BTC ', 'KRW-BTC'],
    ['KRW-BTC.15', 'KRW-BTC'],
    ['btckrw.30', 'KRW-BTC'],
    ['KRW-BTC', 'KRW-BTC'],
    ['ETHBTC', 'BTC-ETH'],
    ['BTC/USDT', 'USDT-BTC'],
    ['BTCUSDT', 'USDT-BTC'],
    ['USDTBTC', 'USDT-BTC'],
    ['USDTKRW', 'KRW-USDT'],
    ['BTC:THB', 'THB-BTC'],
    ['BTTBTC', 'BTC-BTT'],
  ])('C2.2 reads %j as %s', (text, code) => {
    expect(proposeMarketCode(text)).toBe(code)
  })

  it.each([
    '',
    '   ',
    '-',
    '.15',
    'BTC',
    'KRW',
    'KRWKRW',
    'ETH-XRP',
    'KRW-BTC-ETH',
    'KRW/BTC/ETH',
    '비트코인',
    'ＫＲＷ-ＢＴＣ',
    '😀',
    '\u0000',
    'KRW-BTC.15.15',
  ])('has no proposal for %j', (text) => {
    expect(proposeMarketCode(text)).toBeUndefined()
  })

  it('C2.2 reads every usual spelling of a pair as its code', () => {
    fc.assert(
      fc.property(
        quote,
        base,
        fc.constantFrom('-', '/', '_', ':', ' ', '.', ''),
        fc.boolean(),
        fc.boolean(),
        (q, b, separator, baseFirst, lower) => {
          // `KRW.1` is a depth, not a base currency.
          fc.pre(separator !== '.' || /[A-Z]/.test(baseFirst ? q : b))
          const spelling = baseFirst ? `${b}${separator}${q}` : `${q}${separator}${b}`
          expect(proposeMarketCode(lower ? spelling.toLowerCase() : spelling)).toBe(`${q}-${b}`)
        },
      ),
    )
  })

  it('proposes only what passes the check, never throws, and reads no novel', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const proposed = proposeMarketCode(text)
        expect(proposed === undefined || isMarketCode(proposed)).toBe(true)
      }),
    )
    expect(proposeMarketCode(`KRW-BTC${'.1'.repeat(500_000)}`)).toBeUndefined()
    expect(proposeMarketCode('-'.repeat(1_000_000))).toBeUndefined()
  })
})

describe('WireCode', () => {
  it('takes what the exchange may list one day, and nothing that is no text', () => {
    for (const code of ['KRW-BTC', 'EUR-BTC', '비트'])
      expect(WireCode.decode(code)).toMatchObject({ right: code })
    for (const code of ['', 5, null, undefined, {}]) expect(WireCode.decode(code)._tag).toBe('Left')
    expect([WireCode.is('EUR-BTC'), WireCode.is(''), WireCode.is(5)]).toEqual([true, false, false])
  })
})
