/** The word that was probably meant: proposals for what was mistyped. */

/** Of `words` the one that is fewest keystrokes from `typed`, unless even that one is another word altogether. */
export function nearest<Word extends string>(typed: string, words: readonly Word[]): Word | undefined {
  let best: Word | undefined
  let least = Infinity
  for (const word of words) {
    const keystrokes = distance(typed.toLowerCase(), word.toLowerCase())
    if (keystrokes < least) [best, least] = [word, keystrokes]
  }
  return least <= Math.max(1, Math.floor(typed.length / 3)) ? best : undefined
}

/** Insertions, deletions, replacements and swaps of neighbours between two words, row by row. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= from.length; row++) {
    rows.push([row])
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      rows[row]?.push(
        Math.min(
          cell(row - 1, column - 1) + (isSame ? 0 : 1),
          cell(row - 1, column) + 1,
          cell(row, column - 1) + 1,
          isSwapped ? cell(row - 2, column - 2) + 1 : Infinity,
        ),
      )
    }
  }
  return cell(from.length, to.length)
}
