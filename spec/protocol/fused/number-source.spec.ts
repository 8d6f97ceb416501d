/** The lines in a function of their own, made as `generate-reader.ts` makes a reader. */
import { cursor } from '../../../src/protocol/fused/cursor'
import { numberLines, numberVariables } from '../../../src/protocol/fused/number-source'
import { powersOfTen } from '../../../src/protocol/fused/quotient'
import { readNumber } from '../../../src/protocol/fused/read-number'
import { behinds, knownSpellings, noNumbers, sharedView, spellings } from './numbers'

type Read = (view: DataView, at: number) => readonly [value: number, end: number] | undefined

/** How often the lines gave a number to `readNumber`. */
let handedOver = 0

const counted: typeof readNumber = (view, start) => {
  handedOver++
  return readNumber(view, start)
}

const source = [
  'return function read(view, at) {',
  numberVariables,
  ...numberLines('value'),
  'return [value, at]',
  '}',
].join('\n')
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text under test
const maker = new Function('cursor', 'readNumber', 'powersOfTen', source) as (...values: unknown[]) => Read
const readInline = maker(cursor, counted, powersOfTen)

/** The value and how many characters of the text it took; `undefined` where the reader gave up. */
function read(text: string, behind = ','): ReturnType<Read> {
  const result = readInline(sharedView(text + behind), 2)
  return result && [result[0], result[1] - 2]
}

describe('numberLines', () => {
  it('reads 100,000 spellings of all shapes as JSON.parse does, bit for bit, and ends behind them', () => {
    const wrong: unknown[] = []
    let count = 0
    handedOver = 0
    for (const text of spellings(100_000, 2)) {
      const [value, length] = read(text, behinds[count++ % behinds.length]) ?? [undefined, 0]
      if (!Object.is(value, JSON.parse(text)) || length !== text.length) wrong.push([text, value, length])
    }
    expect(wrong).toEqual([])
    // Both ways take part.
    expect(handedOver).toBeGreaterThan(count / 5)
    expect(count - handedOver).toBeGreaterThan(count / 5)
  }, 60_000)

  it.each(knownSpellings)('reads %s as JSON.parse does', (text) => {
    for (const behind of behinds) expect(read(text, behind)).toEqual([JSON.parse(text), text.length])
  })

  it.each(noNumbers)('finds no number in "%s"', (text) => {
    for (const behind of behinds) expect(read(text, behind)).toBeUndefined()
  })

  it.each([
    ['1.5x', 3],
    ['1.5.5', 3],
    ['1-1', 1],
    ['1e5.5', 3],
    ['1E5E5', 3],
    ['1 ', 1],
  ])('ends in "%s" before what is no part of a number', (text, length) => {
    expect(read(text)).toEqual([Number(text.slice(0, length)), length])
  })

  it.each(['1.16539E8', '0.00077720', '5.0E-4', '0E-8', '0', '116539000', '123456789.00000000', '7.9276e-4'])(
    'calls nothing for %s, as books have them',
    (text) => {
      handedOver = 0
      read(text)
      expect(handedOver).toBe(0)
    },
  )
})
