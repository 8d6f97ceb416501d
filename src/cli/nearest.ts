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

/** Insertions, deletions and replacements between two words (Levenshtein), row by row. */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[to.length] ?? 0
}
