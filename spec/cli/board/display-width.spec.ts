import { displayWidth, fit, truncate } from '../../../src/cli/board/display-width'

describe('displayWidth', () => {
  it.each([
    ['KRW-BTC', 7, 'letters'],
    ['비트코인', 8, 'Hangul syllables take two columns each'],
    ['비트코인'.normalize('NFD'), 8, 'the same spelled letter by letter, as some file systems do'],
    ['시세 board', 10, 'mixed'],
    ['ビットコイン', 12, 'Japanese'],
    ['比特币', 6, 'Chinese'],
    ['ＫＲＷ', 6, 'full-width letters'],
    ['e\u0301', 1, 'a mark upon a letter takes none'],
    ['a\u200bb', 2, 'a zero-width space takes none'],
    ['🚀', 2, 'an emoji'],
    ['…▁█●', 4, 'signs of one column'],
    ['', 0, 'nothing'],
  ])('%j is %d wide: %s', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('truncate', () => {
  it.each([
    ['KRW-BTC', 7, 'KRW-BTC'],
    ['KRW-BTC', 6, 'KRW-B…'],
    ['비트코인', 8, '비트코인'],
    ['비트코인', 7, '비트코…'],
    ['비트코인', 6, '비트…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%j in %d columns is %j', (text, width, cut) => {
    expect(truncate(text, width)).toBe(cut)
  })

  it('never cuts a syllable in half: the result is never wider', () => {
    for (let width = 0; width < 12; width++) {
      expect(displayWidth(truncate('녹음 recording', width))).toBeLessThanOrEqual(width)
    }
  })
})

describe('fit', () => {
  it('fills up on the right, or on the left', () => {
    expect(fit('비트', 6)).toBe('비트  ')
    expect(fit('3,081', 8, 'right')).toBe('   3,081')
  })

  it('cuts, and fills the column that half a syllable leaves', () => {
    expect(fit('비트코인', 6)).toBe('비트… ')
  })
})
