import { cursor, unreadable } from '../../../src/protocol/fused/cursor'
import { TextCache } from '../../../src/protocol/fused/text-cache'
import { bytesOf } from '../decoding'

const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32)).replace(
  /["\\]/g,
  '',
)
/** As many as Upbit has. */
const codes = Array.from(
  { length: 855 },
  (_, index) => `KRW-${index.toString(36).toUpperCase().padStart(3, '0')}`,
)

function read(cache: TextCache, text: string, behind = '",'): readonly [text: string, length: number] {
  cursor.at = -7
  const found = cache.read(new DataView(bytesOf(`xy${text}${behind}`).buffer), 2)
  return [found, cursor.at === unreadable ? unreadable : cursor.at - 2]
}

/** Counts how many texts are made anew while `texts` are read once more; a text of the cache is made no second time. */
function madeAnew(cache: TextCache, texts: readonly string[]): number {
  const fromCharCode = jest.spyOn(String, 'fromCharCode')
  try {
    for (const text of texts) read(cache, text)
    return fromCharCode.mock.calls.length
  } finally {
    fromCharCode.mockRestore()
  }
}

describe('TextCache', () => {
  it('gives the text up to its closing quote, and leaves the cursor behind that', () => {
    for (const text of ['K', 'KRW-BTC', '2026-08-26T08:08:00', printable.slice(0, 40), printable]) {
      const cache = new TextCache(8)
      expect(read(cache, text)).toEqual([text, text.length + 1])
      expect(read(cache, text)).toEqual([text, text.length + 1])
    }
  })

  it('makes a text once, and finds it by its bytes afterwards', () => {
    const cache = new TextCache(2048)
    expect(madeAnew(cache, ['KRW-BTC', 'KRW-ETH', 'KRW-BTC', 'KRW-ETH', 'KRW-BTC'])).toBe(2)
    expect(madeAnew(cache, ['KRW-ETH', 'KRW-BTC'])).toBe(0)
  })

  it('knows nearly all codes of the exchange at their second coming', () => {
    const cache = new TextCache(2048)
    expect(madeAnew(cache, codes)).toBe(codes.length)
    expect(madeAnew(cache, codes)).toBeLessThan(codes.length / 5)
  })

  it.each([1, 2, 4, 64])('is right with many texts in %d places, though it makes them anew', (places) => {
    const cache = new TextCache(places)
    for (let round = 0; round < 3; round++) {
      for (const text of codes) expect(read(cache, text)).toEqual([text, text.length + 1])
    }
    expect(madeAnew(cache, codes)).toBeGreaterThan(codes.length / 2)
  })

  it('keeps one of three texts that share both places, and gives each of them', () => {
    // 31 × 'A' + 'b' is 31 × 'B' + 'C': one hash for both, so one place and the other.
    const cache = new TextCache(2048)
    for (const text of ['Ab', 'BC', 'C$', 'Ab', 'BC', 'C$', 'C$', 'BC'])
      expect(read(cache, text)[0]).toBe(text)
    expect(madeAnew(cache, ['BC', 'Ab'])).toBeLessThan(2)
  })

  it('gives an empty text, and the place behind its quote', () => {
    const cache = new TextCache(8)
    expect(read(cache, '')).toEqual(['', 1])
  })

  it.each([
    ['an escape', 'a\\nb'],
    ['an escaped quote', 'a\\"b'],
    ['a line feed', 'a\nb'],
    ['a null', '\u0000'],
    ['a delete', 'a\u007f'],
    ['a letter of another alphabet', '원'],
    ['an accent', 'é'],
    ['an emoji', '🙂'],
    ['a blank of another kind', '\u00a0'],
  ])('finds %s unreadable, wherever it stands: it may need more than its bytes', (_, text) => {
    const cache = new TextCache(8)
    for (const whole of [text, `KRW${text}`, `${text}KRW`, 'x'.repeat(50) + text]) {
      expect(read(cache, whole)).toEqual(['', unreadable])
    }
  })

  it('reads texts beyond forty characters, and keeps none of them', () => {
    const cache = new TextCache(8)
    const [kept, long] = ['k'.repeat(40), 'k'.repeat(41)]
    expect([read(cache, kept)[0], read(cache, long)[0]]).toEqual([kept, long])
    expect(madeAnew(cache, [kept])).toBe(0)
    expect(madeAnew(cache, [long])).toBeGreaterThan(0)
    const longest = 'k'.repeat(100_000)
    expect(read(cache, longest)).toEqual([longest, 100_001])
  })

  it('runs into the end of the buffer where no quote is', () => {
    expect(() => read(new TextCache(8), 'KRW-BTC', '')).toThrow(RangeError)
  })

  it('tells texts apart that begin, or end, alike', () => {
    const cache = new TextCache(1)
    for (const text of ['KRW-B', 'KRW-BTC', 'KRW-BT', 'RW-BTC', 'KRW-BTC'])
      expect(read(cache, text)[0]).toBe(text)
  })
})
