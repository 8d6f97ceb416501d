/**
 * The documentation site, built from the tree that `scripts/docs-site/assemble.ts` writes. Nothing here lists pages:
 * the sidebar and the languages follow from the files. Dead links fail the build, and no page may fetch anything from
 * elsewhere.
 */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DefaultTheme } from 'vitepress'
import { defineConfigWithTheme } from 'vitepress'
import { slugOf } from '../../scripts/markdown-links'
import { pagesFolder } from '../../scripts/docs-site/pages-folder'
import { useSiteLinks } from '../../scripts/docs-site/link-plugin'
import { listedPages, readingOrder } from '../../scripts/docs-site/listed-pages'
import { searchedHtml } from '../../scripts/docs-site/searched-html'
import { sidebarOf } from '../../scripts/docs-site/sidebar'
import { createLinkResolver, urlOf } from '../../scripts/docs-site/site-link'
import { sitePages } from '../../scripts/docs-site/site-pages'
import { korean, koreanSearch } from './korean'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, pagesFolder)
const pages = sitePages(root)
const listed = listedPages(folder)
const sources = new Map(pages.map(({ path, source }) => [join(folder, path), source]))
const resolve = createLinkResolver(
  root,
  pages,
  listed.map(({ path }) => path),
)

const order = readingOrder(root)
const koreanPages = listed.filter(({ path }) => path.startsWith('ko/'))
const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  description: string
}

/** A page's own policy, so that a browser refuses what the search of the output has missed. */
const policy = [
  "default-src 'self'",
  // The theme sets the colours before the first paint, in the page itself.
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
].join('; ')

/** The theme's own settings, and the pages that the language menu can lead to. */
type Settings = DefaultTheme.Config & { readonly koreanPages?: readonly string[] }

export default defineConfigWithTheme<Settings>({
  title: 'upbit-rx',
  description,
  srcDir: relative(join(root, 'docs'), folder),
  outDir: join(root, 'site'),
  cacheDir: join(root, '.cache/vitepress'),
  lastUpdated: false,
  // An empty picture: else every browser asks for one that is not there.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  transformHead: () => [['meta', { 'http-equiv': 'Content-Security-Policy', content: policy }]],
  markdown: {
    // A link to a heading is written as a forge spells it.
    anchor: { slugify: slugOf },
    config: (markdown) => {
      useSiteLinks(markdown, resolve, (environment) => sources.get((environment as { path: string }).path))
    },
  },
  locales: {
    root: { label: 'English', lang: 'en' },
    ko: {
      label: '한국어',
      lang: 'ko',
      themeConfig: korean(sidebarOf(listed, order, 'ko')),
    },
  },
  themeConfig: {
    sidebar: sidebarOf(listed, order, 'en'),
    koreanPages: koreanPages.map(({ path }) => urlOf(path)),
    outline: [2, 3],
    externalLinkIcon: true,
    search: { provider: 'local', options: { _render: searchedHtml, locales: { ko: koreanSearch } } },
  },
})
