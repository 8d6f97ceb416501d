import type { Paint } from '../../../src/cli/board/style'
import { colourStyle, plainStyle, styleFor } from '../../../src/cli/board/style'

describe('styleFor', () => {
  it('paints, unless NO_COLOR is set to anything', () => {
    expect(styleFor({})).toBe(colourStyle)
    expect(styleFor({ NO_COLOR: '' })).toBe(colourStyle)
    expect(styleFor({ NO_COLOR: '1' })).toBe(plainStyle)
    expect(styleFor({ NO_COLOR: 'no' })).toBe(plainStyle)
  })
})

describe('the plain style', () => {
  it('writes no escape sequence, and draws bars with letters', () => {
    for (const paint of Object.values<Paint>({ ...plainStyle })) expect(paint('  ')).not.toContain('\u001b')
    expect(plainStyle.filled('   ') + plainStyle.empty('  ')).toBe('###..')
  })
})
