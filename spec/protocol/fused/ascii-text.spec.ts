import { asciiText } from '../../../src/protocol/fused/ascii-text'

const all = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code))

describe('asciiText', () => {
  it.each([0, 1, 2, 31, 32, 33, 63, 64, 65, 128])('gives %d characters, each what its byte is', (length) => {
    const view = new DataView(Uint8Array.from(Buffer.from(all)).buffer)
    for (let start = 0; start + length <= all.length; start++) {
      expect(asciiText(view, start, start + length)).toBe(all.slice(start, start + length))
    }
  })

  it('counts from the start of the view, wherever that lies in its buffer', () => {
    const { buffer } = Uint8Array.from(Buffer.from(all))
    expect(asciiText(new DataView(buffer, 48), 0, 10)).toBe('0123456789')
  })

  it('reads nothing beyond the end', () => {
    const view = new DataView(Uint8Array.from(Buffer.from('KRW-BTC')).buffer)
    expect(asciiText(view, 4, 7)).toBe('BTC')
    expect(() => asciiText(view, 4, 8)).toThrow('Invalid typed array length')
  })

  it('takes a megabyte, in no more than a moment', () => {
    const text = '0123456789abcdef'.repeat(65_536)
    const view = new DataView(Uint8Array.from(Buffer.from(`xy${text}`)).buffer, 2)
    const fromCharCode = jest.spyOn(String, 'fromCharCode')
    expect(asciiText(view, 0, text.length)).toBe(text)
    expect(asciiText(view, 1, 1000)).toBe(text.slice(1, 1000))
    // Piece by piece it would take as long as a hundred frames.
    expect(fromCharCode.mock.calls.length).toBeLessThan(100)
    fromCharCode.mockRestore()
  })
})
