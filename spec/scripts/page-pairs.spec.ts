/** `npm run check:docs` holds a page and its translation to the same code and the same headings. */
import { pairProblems } from '../../scripts/page-pairs'

const page = (lines: readonly string[]): { file: string; text: string } => ({
  file: 'docs/a.md',
  text: ['# A', '[한국어](a.ko.md)', ...lines].join('\n'),
})
const translation = (lines: readonly string[]): { file: string; text: string } => ({
  file: 'docs/a.ko.md',
  text: ['# 가', '[English](a.md)', ...lines].join('\n'),
})
const ts = (...code: readonly string[]): string[] => ['```ts', ...code, '```']

describe('a page and its translation', () => {
  it('may differ in words, comments and the titles of tests', () => {
    expect(
      pairProblems(
        page([
          '## B',
          ...ts('// once', '/** A. */', 'const a = 1', "it('adds', () => { add(1) /* one */ })"),
        ]),
        translation(['## 나', ...ts('/** 가. */', 'const a = 1', "it('더한다', () => { add(1) })")]),
      ),
    ).toEqual([])
    expect(
      pairProblems(
        page(['```sh', 'npm ci # first', '```']),
        translation(['```sh', 'npm ci   # 먼저', '```']),
      ),
    ).toEqual([])
  })

  it.each([
    ['a number', ts('add(1)'), ts('add(2)'), /differs from the block at docs\/a.md:3/],
    ['a text', ts("add('a')"), ts("add('가')"), /differs/],
    ['the word on the fence', ['```ts run', 'a()', '```'], ts('a()'), /differs/],
    ['an output', ['```text', 'a 1', '```'], ['```text', 'a 2', '```'], /differs/],
    ['the number of blocks', ts('a()'), [], /has 0 blocks/],
    ['the headings', ['## B'], ['### 나'], /heading levels 1 3/],
  ])('may not differ in %s', (_what, here, there, problem) => {
    expect(pairProblems(page(here), translation(there))).toEqual([expect.stringMatching(problem)])
  })

  it('link each other', () => {
    expect(pairProblems({ file: 'a.md', text: '# A' }, { file: 'a.ko.md', text: '# 가' })).toEqual([
      'a.md and a.ko.md do not link each other',
    ])
  })
})
