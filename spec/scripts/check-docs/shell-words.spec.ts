import { shellCommands } from '../../../scripts/check-docs/shell-words'

const wordsOf = (line: string): readonly (readonly string[])[] =>
  shellCommands(line).map(({ words }) => words)

describe('shellCommands', () => {
  it.each<[string, string[][]]>([
    [
      'npm ci && npm start   # a comment',
      [
        ['npm', 'ci'],
        ['npm', 'start'],
      ],
    ],
    ["npx jest -t 'C6.2 a b'", [['npx', 'jest', '-t', 'C6.2 a b']]],
    [`a "b \\"c\\" d" e'f'g`, [['a', 'b "c" d', 'efg']]],
    [
      "a --json | jq -r '.x | @tsv' > out.json",
      [
        ['a', '--json'],
        ['jq', '-r', '.x | @tsv'],
      ],
    ],
    ['a --port 9000 &', [['a', '--port', '9000']]],
    ['a 2>/dev/null; b', [['a'], ['b']]],
    ['# nothing but a comment', []],
    ['a b#c', [['a', 'b#c']]],
    ["a '' b", [['a', '', 'b']]],
  ])('%s', (line, words) => {
    expect(wordsOf(line)).toEqual(words)
  })
})
