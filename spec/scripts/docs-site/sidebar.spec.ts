import { sidebarOf } from '../../../scripts/docs-site/sidebar'

const page = (path: string): { path: string; title: string } => ({ path, title: path })
const shape = (
  paths: readonly string[],
  order: readonly string[],
  language: 'en' | 'ko' = 'en',
): (readonly [string | undefined, readonly (string | undefined)[]])[] =>
  sidebarOf(paths.map(page), order, language).map(({ text, items = [] }) => [
    text,
    items.map(({ link }) => link),
  ])

describe('the sidebar', () => {
  it('has the groups in the order of a first reading, and none that is empty', () => {
    expect(
      shape(['adr/0001.md', 'contract.md', 'guides/a.md', 'index.md', 'operators/x.md', 'changelog.md'], []),
    ).toEqual([
      ['Start here', ['/']],
      ['Guides', ['/guides/a']],
      ['Concepts', ['/contract']],
      ['Operators', ['/operators/x']],
      ['Decisions', ['/adr/0001']],
      ['Project', ['/changelog']],
    ])
  })

  it('inside a group follows the reading order, then the names; a folder’s index is first', () => {
    expect(shape(['guides/a.md', 'guides/b.md', 'guides/c.md', 'guides/index.md'], ['guides/c.md'])).toEqual([
      ['Guides', ['/guides/', '/guides/c', '/guides/a', '/guides/b']],
    ])
  })

  it('shows a folder that it does not know, last', () => {
    expect(shape(['new/a.md', 'contract.md'], [])).toEqual([
      ['Concepts', ['/contract']],
      ['new', ['/new/a']],
    ])
  })

  it('in Korean has the translation of a page, and where there is none the page', () => {
    expect(shape(['guides/a.md', 'guides/b.md', 'ko/guides/b.md'], ['guides/b.md'], 'ko')).toEqual([
      ['안내서', ['/ko/guides/b', '/guides/a']],
    ])
    expect(shape(['guides/a.md', 'ko/guides/a.md'], [])).toEqual([['Guides', ['/guides/a']]])
  })

  it('lists the API by entry point and kind, what is called first', () => {
    const [api] = sidebarOf(
      [
        'api/index.md',
        'api/upbit-rx/operators/index.md',
        'api/upbit-rx/operators/functions/f.md',
        'api/upbit-rx/index.md',
        'api/upbit-rx/interfaces/I.md',
        'api/upbit-rx/variables/v$.md',
      ].map(page),
      [],
      'en',
    )
    expect(api?.items?.map(({ link, items }) => [link, items?.map(({ text }) => text)])).toEqual([
      ['/api/upbit-rx/', ['variables', 'interfaces']],
      ['/api/upbit-rx/operators/', ['functions']],
    ])
  })
})
