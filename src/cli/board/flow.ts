/** Pieces of text in lines of a width, as words in a paragraph. */
import { displayWidth, truncate } from './display-width'
import type { Paint } from './style'

export interface Piece {
  readonly text: string
  readonly paint?: Paint
}

/** The pieces from left to right, `gap` between them; one that does not fit any more begins a new line. */
export function flow(pieces: readonly Piece[], width: number, gap = '   '): string[] {
  const lines: string[] = []
  let used = 0
  for (const { text, paint = unpainted } of pieces) {
    const cut = truncate(text, width)
    const size = displayWidth(cut)
    const last = lines.length - 1
    if (last < 0 || used + gap.length + size > width) {
      lines.push(paint(cut))
      used = size
    } else {
      lines[last] = `${lines[last] ?? ''}${gap}${paint(cut)}`
      used += gap.length + size
    }
  }
  return lines
}

const unpainted: Paint = (text) => text
