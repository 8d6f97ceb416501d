import { mappedItems } from '../../../scripts/planning-document/mapped-items'

const page = 'docs/planning-document.md'

describe('mappedItems', () => {
  it('have a state, a quote, files, titles and commands', () => {
    const markdown = [
      '## 2 Principles',
      '',
      '- **partly** 「단 하나의 `Public` 연결과 …」 One connection.',
      '  - code: [src/a.ts](../src/a.ts), [docs/b.md](b.md)',
      '  - spec: [spec/a.spec.ts](../spec/a.spec.ts) “one”, “of `two` things”, [spec/b.spec.ts](../spec/b.spec.ts) “three”',
      "  - run: `npm test`, `npx jest -t 'C1'`",
      '  - missing: the private one, see [this](b.md)',
    ].join('\n')
    expect(mappedItems(page, markdown)).toEqual([
      {
        section: '2',
        line: 3,
        state: 'partly',
        quote: '단 하나의 Public 연결과',
        code: ['src/a.ts', 'docs/b.md'],
        specs: [
          { file: 'spec/a.spec.ts', titles: ['one', 'of two things'] },
          { file: 'spec/b.spec.ts', titles: ['three'] },
        ],
        commands: ['npm test', "npx jest -t 'C1'"],
        hasMissing: true,
        unread: [],
      },
    ])
  })

  it('are read in Korean as well', () => {
    const markdown = '## 2 원칙\n\n- **예정** 「가」 나\n  - 코드: [a](../src/a.ts)\n  - 남은 것: 다'
    expect(mappedItems(page, markdown)).toMatchObject([
      { state: 'not yet', quote: '가', code: ['src/a.ts'], hasMissing: true },
    ])
  })

  it('have no state where the word is none, and no quote where there is none', () => {
    expect(mappedItems(page, '## 1 One\n\n- **soon** One.\n- 「가」')).toMatchObject([
      { state: undefined, quote: '' },
      { state: undefined, quote: '가' },
    ])
  })

  it.each([
    ['a label that is none', 'insted: something', 'has a line whose label is none: insted: something'],
    ['no label at all', 'something', 'has a line whose label is none: something'],
    ['a word of every object', 'constructor: a', 'has a line whose label is none: constructor: a'],
    [
      'a title in straight quotes',
      'spec: [a](../spec/a.spec.ts) “one”, "two"',
      'has a title in quotes other than “ ”: spec: a , "two"',
    ],
    [
      'a title whose quote is not closed',
      'spec: [a](../spec/a.spec.ts) “one',
      'has a title in quotes other than “ ”: spec: a “one',
    ],
  ])('say what of them nobody reads: %s', (_what, line, problem) => {
    expect(mappedItems(page, `## 1 One\n\n- **done** 「가」\n  - ${line}`)).toMatchObject([
      { unread: [problem] },
    ])
  })

  it('are no items of the lists before the first section', () => {
    expect(mappedItems(page, '# Title\n\n- **done** 「가」\n\n## 1 One\n')).toEqual([])
  })
})
