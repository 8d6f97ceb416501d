/** Turns the links of a page's source into those of the site, before the site's own checks of them. */
import type { LinkResolver, SiteLink } from './site-link'

/** What is used of markdown-it: the site builder brings types of its own for it. */
interface Markdown {
  readonly core: {
    readonly ruler: {
      push(name: string, rule: (state: { readonly tokens: Token[]; readonly env: unknown }) => void): void
    }
  }
}

interface Token {
  type: string
  tag: string
  nesting: number
  content: string
  readonly children: Token[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

/** `sourceOf` knows the source of the page that is rendered; a generated page has none, and its links stay. */
export function useSiteLinks(
  markdown: Markdown,
  resolve: LinkResolver,
  sourceOf: (environment: unknown) => string | undefined,
): void {
  markdown.core.ruler.push('site-links', ({ tokens, env }) => {
    const source = sourceOf(env)
    if (source === undefined) return
    for (const { children } of tokens)
      if (children !== null) relink(children, (href) => resolve(source, href))
  })
}

function relink(tokens: Token[], resolve: (href: string) => SiteLink): void {
  let dropped = false
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const link = resolve(String(token.attrGet('href')))
      dropped = link.kind === 'nowhere'
      if (link.kind === 'page' || link.kind === 'file') token.attrSet('href', link.href)
      if (link.kind === 'file') token.attrSet('target', '_blank')
    }
    if (dropped && (token.type === 'link_open' || token.type === 'link_close')) {
      token.type = 'text'
      token.tag = ''
      token.nesting = 0
      token.content = ''
    }
  }
}
