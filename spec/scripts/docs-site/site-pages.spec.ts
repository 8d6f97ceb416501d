import { sitePathOf, titleOf } from '../../../scripts/docs-site/site-pages'

describe('sitePathOf', () => {
  it.each([
    ['README.md', 'index.md'],
    ['README.ko.md', 'ko/index.md'],
    ['CONTRIBUTING.md', 'contributing.md'],
    ['docs/README.md', 'docs/index.md'],
    ['docs/README.ko.md', 'ko/docs/index.md'],
    ['docs/contract.md', 'contract.md'],
    ['docs/guides/testing.md', 'guides/testing.md'],
    ['docs/guides/testing.ko.md', 'ko/guides/testing.md'],
    ['docs/adr/README.md', 'adr/index.md'],
    ['examples/README.md', 'examples/index.md'],
  ])('%s is %s', (source, path) => {
    expect(sitePathOf(source)).toBe(path)
  })
})

describe('titleOf', () => {
  it('is the first heading without marks, else the name of the file', () => {
    expect(titleOf('text\n\n# 2. `retry({ delay })` for *that*\n\n# Another', 'a.md')).toBe(
      '2. retry({ delay }) for that',
    )
    expect(titleOf('text', 'docs/a.md')).toBe('a')
  })
})
