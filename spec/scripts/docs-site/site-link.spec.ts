import { join } from 'node:path'
import { createLinkResolver, urlOf } from '../../../scripts/docs-site/site-link'

const root = join(__dirname, '..', '..', '..')
const page = (source: string, path: string): { source: string; path: string; title: string } => ({
  source,
  path,
  title: '',
})
const resolve = createLinkResolver(
  root,
  [
    page('README.md', 'index.md'),
    page('docs/contract.md', 'contract.md'),
    page('docs/guides/testing.md', 'guides/testing.md'),
  ],
  ['adr/index.md', 'examples/index.md'],
)

describe('where a link leads on the site', () => {
  it.each([
    ['README.md', 'docs/contract.md#c1', '/contract#c1'],
    ['docs/guides/testing.md', '../contract.md', '/contract'],
    ['docs/contract.md', '../README.md', '/'],
    ['README.md', 'docs/adr/', '/adr/'],
    ['README.md', 'examples', '/examples/'],
  ])('from %s to %s: the page %s', (source, href, expected) => {
    expect(resolve(source, href)).toEqual({ kind: 'page', href: expected })
  })

  it('a file that is no page is served as text', () => {
    expect(resolve('docs/contract.md', '../src/index.ts')).toEqual({
      kind: 'file',
      href: '/source/src/index.ts.txt',
      file: 'src/index.ts',
    })
  })

  it('a folder without a page leads nowhere', () => {
    expect(resolve('README.md', 'src/')).toEqual({ kind: 'nowhere' })
  })

  it.each(['https://example.com', '#here', 'mailto:a@b', '/guides/testing'])('%s stays as it is', (href) => {
    expect(resolve('README.md', href)).toEqual({ kind: 'as it is' })
  })

  it('what does not exist fails', () => {
    expect(() => resolve('docs/contract.md', 'nothing.md')).toThrow(
      'docs/contract.md links to nothing.md, which does not exist',
    )
  })

  it('an index is its folder', () => {
    expect([urlOf('index.md'), urlOf('ko/index.md'), urlOf('a/b.md')]).toEqual(['', 'ko/', 'a/b'])
  })
})
