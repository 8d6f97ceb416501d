import * as t from 'io-ts'
import {
  exactInteger,
  num,
  openEnum,
  optional,
  orNull,
  required,
  timestampMs,
} from '../../src/protocol/field'
import { NumberText } from '../../src/protocol/number-text'

/** What a codec makes of a value; `'refused'` when it is not one. */
function decoded(codec: t.Mixed, value: unknown): unknown {
  const result = codec.decode(value)
  return result._tag === 'Right' ? result.right : 'refused'
}

const number = (text: string): NumberText => new NumberText(text)

/** Nothing of JSON's other kinds is a number. */
const noNumbers = [undefined, null, '1', '', true, [], [1], {}, { text: '1' }]

describe('num', () => {
  it.each([
    ['1.16539E8', 116_539_000],
    ['0E-8', 0],
    ['5.0E-4', 0.0005],
    ['-112000.00000000', -112_000],
    ['0.1', 0.1],
    ['9007199254740993', 9_007_199_254_740_992],
    ['1386929.37231066771348207123', 1_386_929.3723106678],
    ['1e-400', 0],
  ])('reads %s as JSON.parse does', (text, value) => {
    expect(decoded(num, number(text))).toBe(value)
    expect(JSON.parse(text)).toBe(value)
  })

  it('keeps the sign of nought, as JSON.parse does', () => {
    expect(Object.is(decoded(num, number('-0')), -0)).toBe(true)
  })

  it('takes a number of the fast parse as it is', () => {
    expect(decoded(num, 0.5)).toBe(0.5)
    expect([num.is(0.5), num.is(NaN), num.is(Infinity), num.is('1'), num.is(number('1'))]).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('refuses what no finite number holds, and everything that is no number', () => {
    for (const value of [number('1e400'), number('-1e400'), NaN, Infinity, ...noNumbers]) {
      expect(decoded(num, value)).toBe('refused')
    }
  })
})

describe('timestampMs', () => {
  it('takes whole milliseconds in any spelling', () => {
    for (const text of ['1787728554853', '1787728554853.0', '1.787728554853E12']) {
      expect(decoded(timestampMs, number(text))).toBe(1_787_728_554_853)
    }
    expect(decoded(timestampMs, number('0'))).toBe(0)
    // Microseconds came once in real traffic; the order rule deals with them.
    expect(decoded(timestampMs, number('1787728554853000'))).toBe(1_787_728_554_853_000)
  })

  it('refuses fractions, and numbers whose milliseconds would be a guess', () => {
    for (const value of [number('1.5'), number('9007199254740992'), number('1e300'), 1.5, ...noNumbers]) {
      expect(decoded(timestampMs, value)).toBe('refused')
    }
    expect([timestampMs.is(1), timestampMs.is(1.5)]).toEqual([true, false])
  })
})

describe('exactInteger', () => {
  it.each([
    ['17877285547970001', '17877285547970001'],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901234', '123456789012345678901234'],
    ['1.7877285547970001E16', '17877285547970001'],
    ['10.00', '10'],
    ['-0', '0'],
  ])('C3.2 gives %s as the text %s', (text, exact) => {
    expect(decoded(exactInteger, number(text))).toBe(exact)
  })

  it('refuses a number that has lost its digits, and whatever is no whole number', () => {
    const values = [2 ** 53 + 2, 1, '1', number('-1'), number('1.5'), number('1e400'), ...noNumbers]
    for (const value of values) expect(decoded(exactInteger, value)).toBe('refused')
  })

  it('knows an exact value by its canonical spelling', () => {
    expect(['0', '17877285547970001'].every(exactInteger.is)).toBe(true)
    for (const value of ['01', '1.0', '-1', '1e3', '', 1, number('1'), null]) {
      expect(exactInteger.is(value)).toBe(false)
    }
  })
})

describe('openEnum', () => {
  const side = openEnum('side', ['ASK', 'BID'])

  it('C3.1 takes known and unknown words, and no other kind', () => {
    for (const word of ['ASK', 'BID', 'CROSS', '']) {
      expect(decoded(side, word)).toBe(word)
      expect(side.is(word)).toBe(true)
    }
    for (const value of [undefined, null, 1, number('1'), {}, ['ASK']]) {
      expect(decoded(side, value)).toBe('refused')
      expect(side.is(value)).toBe(false)
    }
    expect(side.values).toEqual(['ASK', 'BID'])
  })
})

describe('orNull', () => {
  const date = orNull(t.string)

  it('takes null beside what its codec takes, and says so in its name', () => {
    expect([decoded(date, null), decoded(date, '2026-12-31')]).toEqual([null, '2026-12-31'])
    expect([date.is(null), date.is('2026-12-31'), date.is(5), date.is(undefined)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(decoded(date, undefined)).toBe('refused')
    expect(decoded(orNull(num), number('5E-1'))).toBe(0.5)
    expect(date.name).toBe('string or null')
  })
})

describe('required and optional', () => {
  it('say what a table says of a field', () => {
    expect(required('tp', num)).toEqual({ key: 'tp', codec: num, optional: false })
    expect(optional('bap', num)).toEqual({ key: 'bap', codec: num, optional: true })
  })
})
