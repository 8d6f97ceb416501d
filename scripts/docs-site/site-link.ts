/**
 * Where a page's relative link leads on the site. Pages link to files of the repository, as a forge wants it; on the
 * site a page's link leads to the page, a folder's to its index, and any other file is served as plain text.
 */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { SitePage } from './site-pages'
import { sitePathOf } from './site-pages'

export type SiteLink =
  | { readonly kind: 'as it is' }
  | { readonly kind: 'page'; readonly href: string }
  /** A file of the repository that is no page: it must be put where `href` says. */
  | { readonly kind: 'file'; readonly href: string; readonly file: string }
  /** A folder without a page: there is nothing to show. */
  | { readonly kind: 'nowhere' }

export type LinkResolver = (source: string, href: string) => SiteLink

/** `generated` are the places of pages without a source, such as `examples/index.md`. */
export function createLinkResolver(
  root: string,
  pages: readonly SitePage[],
  generated: readonly string[],
): LinkResolver {
  const places = new Set([...pages.map(({ path }) => path), ...generated])
  return (source, href) => {
    if (/^([a-z][a-z+.-]*:|#|\/)/i.test(href)) return { kind: 'as it is' }
    const [target = '', anchor] = decodeURIComponent(href).split('#')
    const file = posix.normalize(posix.join(dirname(source), target)).replace(/\/$/, '')
    if (!existsSync(join(root, file))) throw new Error(`${source} links to ${href}, which does not exist`)
    const isFolder = statSync(join(root, file)).isDirectory()
    const place = sitePathOf(isFolder ? `${file}/README.md` : file)
    if (places.has(place))
      return { kind: 'page', href: `/${urlOf(place)}${anchor === undefined ? '' : `#${anchor}`}` }
    return isFolder ? { kind: 'nowhere' } : { kind: 'file', href: `/source/${file}.txt`, file }
  }
}

/** Without the extension, which the site's own links add; an index is its folder. */
export function urlOf(place: string): string {
  return place.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')
}
