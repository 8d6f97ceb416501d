import { frameText, maxFrameBytes, sizeOf } from '../../src/protocol/frame-text'
import fc from '../support/seeded-fast-check'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

describe('frameText', () => {
  it('is the same for a text frame and for a binary one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(frameText(text)).toBe(text)
        expect(frameText(Buffer.from(text))).toBe(text)
        expect(frameText(new TextEncoder().encode(text))).toBe(text)
      }),
    )
  })

  it('reads the bytes of a view, not of the memory behind it', () => {
    const memory = Buffer.from('xx{"a":1}xx')
    expect(frameText(memory.subarray(2, 9))).toBe('{"a":1}')
    expect(frameText(new Uint8Array(0))).toBe('')
  })

  it.each([
    ['a lone continuation byte', bytes(0x80)],
    ['a character cut short', Buffer.from('{"name":"티').subarray(0, -1)],
    ['an overlong slash', bytes(0xc0, 0xaf)],
    ['half of a surrogate pair', bytes(0xed, 0xa0, 0x80)],
    ['a byte that no UTF-8 has', bytes(0x7b, 0xff, 0x7d)],
    ['UTF-16', Buffer.from('{"a":1}한', 'utf16le')],
    ['a compressed frame', bytes(0x1f, 0x8b, 0x08, 0x00)],
  ])('is nothing for %s', (_, raw) => {
    expect(frameText(raw)).toBeUndefined()
  })

  it('leaves a byte order mark where it is, for the parser to refuse', () => {
    expect(frameText(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toBe('\ufeff{}')
  })
})

describe('sizeOf', () => {
  it('counts bytes, and characters only where it makes no difference to the bound', () => {
    expect(sizeOf(bytes(1, 2, 3))).toBe(3)
    expect(sizeOf('abc')).toBe(3)
    expect(sizeOf('한'.repeat(349_525))).toBeLessThanOrEqual(maxFrameBytes)
    expect(sizeOf('한'.repeat(349_526))).toBe(maxFrameBytes + 2)
    expect(sizeOf('a'.repeat(maxFrameBytes))).toBe(maxFrameBytes)
    expect(sizeOf('a'.repeat(maxFrameBytes + 1))).toBe(maxFrameBytes + 1)
  })

  it('is over the bound for the same frames, text or binary', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.integer({ min: 0, max: 40 }),
        (end, less) => {
          for (const unit of ['a', '한', '😀']) {
            const text = unit.repeat(Math.floor(maxFrameBytes / Buffer.byteLength(unit)) - less) + end
            expect(sizeOf(text) > maxFrameBytes).toBe(sizeOf(new TextEncoder().encode(text)) > maxFrameBytes)
          }
        },
      ),
      { numRuns: 5 },
    )
  })
})
