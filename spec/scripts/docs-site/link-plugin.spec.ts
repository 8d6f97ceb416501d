import MarkdownIt from 'markdown-it'
import { useSiteLinks } from '../../../scripts/docs-site/link-plugin'
import type { SiteLink } from '../../../scripts/docs-site/site-link'

const links: Readonly<Record<string, SiteLink>> = {
  'a.md': { kind: 'page', href: '/a' },
  '../x.ts': { kind: 'file', href: '/source/x.ts.txt', file: 'x.ts' },
  'src/': { kind: 'nowhere' },
}
const markdown = new MarkdownIt()
useSiteLinks(
  markdown,
  (_source, href) => links[href] ?? { kind: 'as it is' },
  (environment) => (environment as { source?: string }).source,
)
const rendered = (text: string, source?: string): string => markdown.render(text, { source }).trim()

describe('useSiteLinks', () => {
  it('leads to the page, to the file in a tab of its own, and nowhere where there is nothing', () => {
    expect(rendered('[a](a.md) [x](../x.ts) [all `of` src](src/) [b](https://b.example)', 'p.md')).toBe(
      '<p><a href="/a">a</a> <a href="/source/x.ts.txt" target="_blank">x</a> all <code>of</code> src <a href="https://b.example">b</a></p>',
    )
  })

  it('leaves the links of a page without a source', () => {
    expect(rendered('[a](a.md)')).toBe('<p><a href="a.md">a</a></p>')
  })
})
