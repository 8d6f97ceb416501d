import { codeBlocks } from '../../scripts/markdown-code'
import { fences } from '../../scripts/markdown-fences'

const found = (...lines: string[]): (readonly [number, string])[] =>
  fences(lines).map(({ line, code }) => [line, code] as const)

describe('the blocks of a page', () => {
  it.each<[string, string[], [number, string]]>([
    ['between backticks', ['a', '```ts', 'b', '', 'c', '```'], [2, 'b\n\nc']],
    ['between tildes', ['~~~ts', 'b', '~~~'], [1, 'b']],
    ['in a quotation', ['> a', '>', '> ```ts', '> b', '> ```'], [3, 'b']],
    ['in a list', ['- a', '', '  ```ts', '  b', '    c', '  ```'], [3, 'b\n  c']],
    ['in a comment of HTML', ['a', '', '<!--', '```ts', 'b', '```', '-->'], [4, 'b']],
    ['whose marks are more than three', ['````ts', '```', '````'], [1, '```']],
    ['that are not closed', ['```ts', 'b'], [1, 'b']],
  ])('are found %s', (_where, lines, block) => {
    expect(found(...lines)).toEqual([block])
  })

  it('have a language, words behind it, and the reason above', () => {
    expect(fences(['<!-- no-check: a part -->', '', '```ts  run file=a.ts', '```'])).toEqual([
      { line: 3, language: 'ts', tags: ['run', 'file=a.ts'], code: '', hasReason: true },
    ])
    expect(fences(['<!-- no-check: a part -->', 'text', '```ts', '```'])[0]?.hasReason).toBe(false)
  })

  it('are what the compiler gets, of whatever mark, and of the comments of a source too', () => {
    const lines = (file: string, text: string): number[] =>
      codeBlocks(file, text).blocks.map(({ line }) => line)
    expect(lines('a.md', '~~~ts\na\n~~~\n\n> ```tsx\n> b\n> ```\n\n```js\n```')).toEqual([1, 5])
    expect(lines('a.ts', '/**\n * A.\n *\n * @example\n * ```ts\n * a\n * ```\n */\n// ```ts\n')).toEqual([5])
  })
})
