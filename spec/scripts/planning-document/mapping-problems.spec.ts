import type { MappedItem } from '../../../scripts/planning-document/mapped-items'
import type { Project } from '../../../scripts/planning-document/mapping-problems'
import {
  coverageProblems,
  mappingProblems,
  translationProblems,
} from '../../../scripts/planning-document/mapping-problems'

const page = 'page.md'
const whole: MappedItem = {
  section: '1',
  line: 7,
  state: 'done',
  quote: '가나',
  code: ['src/a.ts'],
  specs: [{ file: 'spec/a.spec.ts', titles: ['does it', 'by code'] }],
  commands: ['npm test'],
  hasMissing: false,
  unread: [],
}
const item = (change: Partial<MappedItem>): MappedItem => ({ ...whole, ...change })

const project: Project = {
  exists: (file) => ['src/a.ts', 'spec/a.spec.ts'].includes(file),
  titles: () => new Set(['does it', 'by `code`']),
  commandProblems: (command) => (command === 'npm test' ? [] : [`no ${command}`]),
}

describe('mappingProblems', () => {
  it('there are none where everything exists', () => {
    expect(mappingProblems(page, [whole], project)).toEqual([])
  })

  it.each<[string, Partial<MappedItem>, string]>([
    ['a file', { code: ['src/gone.ts'] }, 'src/gone.ts does not exist'],
    ['a spec', { specs: [{ file: 'spec/gone.spec.ts', titles: ['x'] }] }, 'spec/gone.spec.ts does not exist'],
    [
      'a title',
      { specs: [{ file: 'spec/a.spec.ts', titles: ['does'] }] },
      'spec/a.spec.ts has no title “does”',
    ],
    ['a command', { commands: ['npm run gone'] }, 'no npm run gone'],
  ])('%s that does not exist', (_, change, problem) => {
    expect(mappingProblems(page, [item(change)], project)).toEqual([`page.md:7 ${problem}`])
  })

  it.each<[string, Partial<MappedItem>, string]>([
    ['no state', { state: undefined }, 'has no state'],
    ['no quote', { quote: '' }, 'quotes nothing: 「…」'],
    ['no file', { code: [] }, 'names no file'],
    ['no spec', { specs: [] }, 'names no spec'],
    ['no command', { commands: [] }, 'names no command'],
    ['nothing missing of what is partly there', { state: 'partly' }, 'does not say what is missing'],
    [
      'nothing missing of what is not there',
      { state: 'not yet', code: [], specs: [], commands: [] },
      'does not say what is missing',
    ],
    ['something missing of what is done', { hasMissing: true }, 'is done, and something is missing'],
    ['what nobody reads', { unread: ['has a label'] }, 'has a label'],
  ])('%s', (_, change, problem) => {
    expect(mappingProblems(page, [item(change)], project)).toEqual([`page.md:7 ${problem}`])
  })
})

describe('coverageProblems', () => {
  const planned = [
    { section: '1', text: '가나다' },
    { section: '1', text: '라' },
    { section: '2', text: '가나' },
  ]
  const all = [item({}), item({ quote: '라' }), item({ section: '2' })]

  it('there are none where every item is mapped once, in its section', () => {
    expect(coverageProblems(page, all, planned)).toEqual([])
  })

  it('an item that is not mapped', () => {
    expect(coverageProblems(page, all.slice(0, 2), planned)).toEqual(['page.md does not map 2: 가나'])
  })

  it('an item that is no longer there, or never was in that section', () => {
    expect(coverageProblems(page, [...all, item({ quote: '마' }), item({ section: '3' })], planned)).toEqual([
      'page.md:7 is no item of section 1: 마',
      'page.md:7 is no item of section 3: 가나',
    ])
  })

  it('an item that is mapped twice', () => {
    expect(coverageProblems(page, [...all, item({ line: 9 })], planned)).toEqual([
      'page.md:9 is mapped a second time: 가나다',
    ])
  })

  it('a quote that means several items, unless it is one of them whole', () => {
    const alike = [
      { section: '1', text: '가' },
      { section: '1', text: '가나' },
      { section: '1', text: '가나다' },
    ]
    const items = [item({ quote: '가' }), item({ quote: '가나' }), item({ quote: '가나다' })]
    expect(coverageProblems(page, items, alike)).toEqual([])
    expect(
      coverageProblems(page, [item({ quote: '가나' })], [alike[2]!, { section: '1', text: '가나라' }]),
    ).toEqual([
      'page.md:7 means several items: 가나',
      'page.md does not map 1: 가나다',
      'page.md does not map 1: 가나라',
    ])
  })
})

describe('translationProblems', () => {
  it('there are none where facts and order are the same', () => {
    expect(translationProblems('page.ko.md', [item({ line: 8 })], [whole])).toEqual([])
  })

  it('what nobody reads, and something missing in one of them alone', () => {
    expect(translationProblems('page.ko.md', [item({ unread: ['has a label'] })], [whole])).toEqual([
      'page.ko.md:7 has a label',
    ])
    expect(translationProblems('page.ko.md', [item({ hasMissing: true })], [whole])).toEqual([
      "page.ko.md:7 differs from the original's line 7: 가나",
    ])
  })

  it('another state, another title, another number of items', () => {
    expect(
      translationProblems('page.ko.md', [item({ state: 'partly', hasMissing: true })], [whole, whole]),
    ).toEqual([
      "page.ko.md:7 differs from the original's line 7: 가나",
      'page.ko.md maps 1 items, the original 2',
    ])
  })
})
