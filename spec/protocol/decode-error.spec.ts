import * as t from 'io-ts'
import { excerpt, fromValidation } from '../../src/protocol/decode-error'
import { eventCodecs } from '../../src/protocol/events'
import { NumberText } from '../../src/protocol/number-text'
import { parseLossless } from '../../src/protocol/lossless'
import { orderbookText, tickerText, withoutKey, withValue } from './frames'

function errorOf(kind: keyof typeof eventCodecs, text: string, at = '$'): ReturnType<typeof fromValidation> {
  const parsed = parseLossless(text)
  const decoded = eventCodecs[kind].decode('value' in parsed ? parsed.value : undefined)
  if (decoded._tag === 'Right') throw new Error('the frame was accepted')
  return fromValidation(decoded.left, at)
}

describe('excerpt', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [true, 'true'],
    ['text', '"text"'],
    ['line\nbreak"', '"line\\nbreak\\""'],
    [new NumberText('1.50E3'), '1.50E3'],
    [{}, 'an object'],
    [{ a: 1 }, 'an object'],
    [[1, 2, 3], 'a list of 3'],
    ['', '""'],
  ])('shows %p as %s', (value, text) => {
    expect(excerpt(value)).toBe(text)
  })

  it('shows no more than 80 characters of anything', () => {
    for (const value of [
      'x'.repeat(1_000_000),
      '\u0000'.repeat(1000),
      new NumberText('1'.repeat(1_000_000)),
    ]) {
      expect(excerpt(value)).toHaveLength(81)
      expect(excerpt(value).endsWith('…')).toBe(true)
    }
    expect(excerpt('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`)
  })
})

describe('fromValidation', () => {
  it('names the field, what was expected and what stood there', () => {
    expect(errorOf('ticker', withoutKey(tickerText, 'trade_price'))).toEqual({
      path: '$.trade_price',
      expected: 'number',
      actual: 'nothing',
    })
    expect(errorOf('ticker', withValue(tickerText, 'delisting_date', '20261231'))).toEqual({
      path: '$.delisting_date',
      expected: 'string or null',
      actual: '20261231',
    })
    expect(errorOf('ticker', withValue(tickerText, 'timestamp', '1.5'))).toEqual({
      path: '$.timestamp',
      expected: 'integer of milliseconds',
      actual: '1.5',
    })
    expect(errorOf('ticker', withValue(tickerText, 'change', '1'))).toEqual({
      path: '$.change',
      expected: 'change',
      actual: '1',
    })
  })

  it('names the element of a list, from the place where the frame element stands', () => {
    const broken = orderbookText.replace('"ask_price":1.1654E8', '"ask_price":"1.1654E8"')
    expect(errorOf('orderbook', broken, '$[3]')).toEqual({
      path: '$[3].orderbook_units[1].ask_price',
      expected: 'number',
      actual: '"1.1654E8"',
    })
    expect(errorOf('orderbook', orderbookText.replace('[{', '[5,{'))).toMatchObject({
      path: '$.orderbook_units[0]',
      actual: '5',
    })
    expect(errorOf('orderbook', orderbookText.replace(/\[.*\]/, '{}'))).toMatchObject({
      path: '$.orderbook_units',
      actual: 'an object',
    })
  })

  it('names the frame itself where the whole is no object', () => {
    expect(errorOf('ticker', '5')).toEqual({ path: '$', expected: 'ticker', actual: '5' })
  })

  it('says something even of a fault without a context', () => {
    expect(fromValidation([], '$')).toEqual({ path: '$', expected: 'a value', actual: 'nothing' })
    expect(fromValidation([{ value: 1, context: [{ key: '', type: t.string }] }], '$').expected).toBe(
      'string',
    )
  })
})
