/** `npm run check:docs` holds a page and its translation to the same blocks, the same code and the same numbers. */
import { pairProblems } from '../../scripts/page-pairs'

const page = (lines: readonly string[]): { file: string; text: string } => ({
  file: 'docs/a.md',
  text: ['# A', '[한국어](a.ko.md)', ...lines].join('\n'),
})
const translation = (lines: readonly string[]): { file: string; text: string } => ({
  file: 'docs/a.ko.md',
  text: ['# 가', '[English](a.md)', ...lines].join('\n'),
})
const table = ['| a |', '| - |']
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
    ['the number of blocks', ts('a()'), [], /^docs\/a\.ko\.md has its end where docs\/a\.md:3 has a block/],
    [
      'the blocks of a comment',
      ['<!--', '~~~ts', 'a()', '~~~', '-->'],
      [],
      /has 0 blocks, docs\/a\.md has 1/,
    ],
    ['the headings', ['## B'], ['### 나'], /a\.ko\.md:3 has h3 where docs\/a\.md:3 has h2/],
    ['a paragraph', ['', 'B.', '', 'C.'], ['', '나.'], /has its end where docs\/a\.md:6 has a paragraph/],
    ['an item', ['- b', '- c'], ['- 나'], /has its end where docs\/a\.md:4 has an item/],
    ['a row', [...table, '| 1 |', '| 2 |'], [...table, '| 1 |'], /has its end where docs\/a\.md:6 has a row/],
    [
      'a number of a text',
      ['', 'After 40 s, 40.'],
      ['', '40초, 90초.'],
      /:4 lacks a number of docs\/a\.md:4: 40/,
    ],
    ['a number of a row', [...table, '| 1,000 |'], [...table, '| 100 |'], /:5 lacks a number .*:5: 1000/],
    ['a code', ['', '`a` and `b`'], ['', '`a`'], /:4 lacks a code of docs\/a\.md:4: b/],
    ['a code that is new', ['', '`a`'], ['', '`a` `c`'], /:4 has a code that docs\/a\.md has not: c/],
  ])('may not differ in %s', (_what, here, there, problem) => {
    expect(pairProblems(page(here), translation(there))).toEqual([expect.stringMatching(problem)])
  })

  it('may say in digits what the page says in words, say a code again, and translate what is to be filled in', () => {
    expect(
      pairProblems(
        page(['', 'Two of 10,000, the 2nd, on 2026-04-05: `a`, `<name>`, `spec`.']),
        translation(['', '2026년 4월 5일, 1만 개 중 2개, 두 번째: `a`, `a`, `<이름>`, `스펙`.']),
      ),
    ).toEqual([])
  })

  it('leads to translations where there are some, unless a file is named by its path', () => {
    const links = (lines: string[]): readonly string[] =>
      pairProblems(page(lines), translation(lines), (file) => file === 'docs/b/c.ko.md')
    expect(links(['', '[c](b/c.md#d)'])).toEqual([
      'docs/a.ko.md:4 leads to docs/b/c.md, which is translated: docs/b/c.ko.md',
    ])
    expect(links(['', '[c](b/c.ko.md) [d](d.md) [docs/b/c.md](b/c.md)'])).toEqual([])
  })

  it('link each other', () => {
    expect(pairProblems({ file: 'a.md', text: '# A' }, { file: 'a.ko.md', text: '# 가' })).toEqual([
      'a.md and a.ko.md do not link each other',
    ])
  })
})
