/**
 * What a consumer's check says of its tests, as `node:test`, jest and Vitest count them at the end of their output: an
 * exit of 0 alone is also that of a check that runs nothing.
 */

export interface CountedTests {
  readonly passed: number
  /** Skipped ones and those that are only planned. */
  readonly skipped: number
}

/** `ℹ pass 3` of node:test. */
const nodeLine = /^ℹ (pass|skipped|todo) (\d+)$/gm
/** `Tests:       1 skipped, 4 passed, 5 total` of jest, `      Tests  4 passed | 1 skipped (5)` of Vitest. */
const listLine = /^(?:Tests:| +Tests) +(.*)$/gm

export function testsOf(output: string): CountedTests {
  const counts = [
    ...[...output.matchAll(nodeLine)].map(([, word = '', count = '0']) => ({ word, count: Number(count) })),
    ...[...output.matchAll(listLine)].flatMap(([, list = '']) =>
      [...list.matchAll(/(\d+) ([a-z]+)/g)].map(([, count = '0', word = '']) => ({
        word,
        count: Number(count),
      })),
    ),
  ]
  const sumOf = (words: readonly string[]): number =>
    counts.filter(({ word }) => words.includes(word)).reduce((sum, { count }) => sum + count, 0)
  return { passed: sumOf(['pass', 'passed']), skipped: sumOf(['skipped', 'todo', 'pending']) }
}

/** What a check that ended well did not show. A test may be skipped where a note says why. */
export function unprovenBy({ passed, skipped }: CountedTests, notes: readonly string[]): string | undefined {
  if (passed === 0) return 'no test passed in it'
  return skipped > notes.length ? `${skipped} tests skipped, and ${notes.length} notes to say why` : undefined
}
