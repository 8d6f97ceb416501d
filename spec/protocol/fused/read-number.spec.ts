import { cursor, unreadable } from '../../../src/protocol/fused/cursor'
import { readMilliseconds, readNumber } from '../../../src/protocol/fused/read-number'
import { bytesOf } from '../decoding'
import { behinds, knownSpellings, noNumbers, sharedView, spellings } from './numbers'

/** A view over the text alone, which begins at the third byte. */
function viewOf(text: string): DataView {
  return new DataView(bytesOf(`xy${text}`).buffer)
}

/** What is read of a text that a frame's next character follows, and how many characters of it. */
function read(
  reader: typeof readNumber,
  text: string,
  behind = ',',
): readonly [value: number, length: number] {
  cursor.at = -7
  const value = reader(sharedView(text + behind), 2)
  return [value, cursor.at === unreadable ? unreadable : cursor.at - 2]
}

describe('readNumber', () => {
  it('reads 100,000 spellings of all shapes as JSON.parse does, bit for bit, and ends behind them', () => {
    const wrong: unknown[] = []
    let count = 0
    for (const text of spellings(100_000, 1)) {
      const [value, length] = read(readNumber, text, behinds[count++ % behinds.length])
      if (!Object.is(value, JSON.parse(text)) || length !== text.length) wrong.push([text, value, length])
    }
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(97_000)
  }, 60_000)

  it.each(knownSpellings)('reads %s as JSON.parse does', (text) => {
    for (const behind of behinds)
      expect(read(readNumber, text, behind)).toEqual([JSON.parse(text), text.length])
    const negative = text.startsWith('-') ? text.slice(1) : `-${text}`
    expect(Object.is(read(readNumber, negative)[0], JSON.parse(negative))).toBe(true)
  })

  it.each(noNumbers)('finds no number in "%s"', (text) => {
    for (const behind of behinds) expect(read(readNumber, text, behind)).toEqual([0, unreadable])
  })

  it.each([
    ['1.5x', 3],
    ['1.5.5', 3],
    ['1-1', 1],
    ['0x10', 1],
    ['1n', 1],
    ['1_000', 1],
    ['1e5.5', 3],
    ['1e5e5', 3],
    ['1 ', 1],
    ['12가', 2],
  ])(
    'ends in "%s" before what is no part of a number: what reads on finds no comma there',
    (text, length) => {
      expect(read(readNumber, text)).toEqual([Number(text.slice(0, length)), length])
    },
  )

  it('reads no byte beyond the one behind the number', () => {
    for (const text of [...knownSpellings, '1', '0', '1.5', '1E5']) {
      expect(readNumber(viewOf(`${text},`), 2)).toBe(JSON.parse(text))
      // Where there is no such byte it was cut short, and might go on.
      expect(() => readNumber(viewOf(text), 2)).toThrow(RangeError)
    }
  })
})

describe('readMilliseconds', () => {
  it.each(['1', '1790134773006', '999999999999999', '100000000000000'])('reads %s', (text) => {
    expect(read(readMilliseconds, text)).toEqual([Number(text), text.length])
  })

  it.each([
    '',
    '0',
    '01',
    '-1',
    '1000000000000000',
    '9007199254740993',
    '9'.repeat(400),
    '"1"',
    'null',
    '.5',
    'E5',
  ])('leaves to another way "%s"', (text) => {
    expect(read(readMilliseconds, text)).toEqual([0, unreadable])
  })

  it.each(['1.5', '1.0', '1E3', '1e3', '1 '])('ends in "%s" behind the plain digits', (text) => {
    expect(read(readMilliseconds, text)).toEqual([1, 1])
  })
})
