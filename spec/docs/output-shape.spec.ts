/** The comparison that the programs of the pages are judged by must be able to fail. */
import { hasPrinted } from './support/output-shape'

const exact = (output: string, text: string): boolean => hasPrinted(output, { exact: true, text })
const like = (output: string, text: string): boolean => hasPrinted(output, { exact: false, text })

describe('what a program printed', () => {
  it('is exact line for line, but for the last line break', () => {
    expect(exact('a 1\nb 2\n', 'a 1\nb 2')).toBe(true)
    expect(exact('a 1\nb 3\n', 'a 1\nb 2')).toBe(false)
    expect(exact('a 1\n', 'a 1\nb 2')).toBe(false)
  })

  it('is like the page with other numbers, and with nothing else other', () => {
    expect(like('KRW-BTC 109,847.5 -3e-7\n', 'KRW-BTC 1 2')).toBe(true)
    expect(like('KRW-ETH 109,847.5\n', 'KRW-BTC 1')).toBe(false)
    expect(like('KRW-BTC 1 2\n', 'KRW-BTC 1')).toBe(false)
    expect(like('KRW-BTC 1\nmore\n', 'KRW-BTC 1')).toBe(false)
    expect(like('KRW-BTC undefined\n', 'KRW-BTC 1')).toBe(false)
  })

  it('may have any lines where the page has …', () => {
    expect(like('x\ny\na 1\n', '…\na 2')).toBe(true)
    expect(like('a 1\n', '…\na 2\n…')).toBe(true)
    expect(like('a 1\nx\nb 1\n', 'a 1\n…\nb 1')).toBe(true)
    expect(like('b 1\nx\na 1\n', 'a 1\n…\nb 1')).toBe(false)
  })

  it('reads what stands on the page as text, not as a pattern', () => {
    expect(like('[ 1 ]\n', '[ 2 ]')).toBe(true)
    expect(like('aXb\n', 'a.b')).toBe(false)
  })
})
