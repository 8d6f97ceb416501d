/**
 * How many columns of a terminal a text takes. Hangul, Chinese and Japanese letters take two, what is set upon or into
 * the letter before takes none; so a Korean file name or error message does not push the columns apart.
 */

/** First and last code points of two columns each: Unicode's East Asian Width W and F, by block. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2753, 0x2757],
  [0x2795, 0x2797],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

/** Marks, format characters, and the vowels and finals of a syllable that is spelled letter by letter (NFD). */
const nothing = /^[\p{M}\p{Cf}\u1160-\u11ff]$/u

export function displayWidth(text: string): number {
  let width = 0
  for (const letter of text) width += letterWidth(letter)
  return width
}

/** `text` in exactly `width` columns: filled up with spaces, or cut with `…` as its last letter. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = truncate(text, width)
  const space = ' '.repeat(width - displayWidth(cut))
  return align === 'left' ? cut + space : space + cut
}

/** `text` in at most `width` columns. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let cut = ''
  let used = 0
  for (const letter of text) {
    const next = used + letterWidth(letter)
    if (next > width - 1) break
    cut += letter
    used = next
  }
  return width < 1 ? '' : `${cut}…`
}

function letterWidth(letter: string): 0 | 1 | 2 {
  const point = letter.codePointAt(0) ?? 0
  if (point < 0x300) return 1
  if (nothing.test(letter)) return 0
  return wide.some(([first, last]) => point >= first && point <= last) ? 2 : 1
}
