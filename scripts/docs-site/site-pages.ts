/**
 * Which pages the site has, and where: found by looking, so that a new page appears by itself. A page lies on the site
 * where it lies under `docs/`, a README is its folder's index, and `X.ko.md` is `ko/X`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface SitePage {
  /** The file, relative to the root of the project. */
  readonly source: string
  /** Its place on the site, `guides/testing.md`. */
  readonly path: string
  readonly title: string
}

/** Pages at the root of the project that a reader of the site wants; the others are of the repository. */
const rootPages = /^(README|CONTRIBUTING|CHANGELOG)(\.ko)?\.md$/

export function sitePages(root: string): SitePage[] {
  const sources = [
    ...readdirSync(root).filter((name) => rootPages.test(name)),
    ...markdownFiles(join(root, 'docs')).map((name) => `docs/${name}`),
  ]
  return sources.sort().map((source) => ({
    source,
    path: sitePathOf(source),
    title: titleOf(readFileSync(join(root, source), 'utf8'), source),
  }))
}

/** `docs/guides/testing.ko.md` is `ko/guides/testing.md`; a README is an index. */
export function sitePathOf(source: string): string {
  const name = source.endsWith('.ko.md') ? `ko/${source.replace(/\.ko\.md$/, '.md')}` : source
  return name
    .replace(/(^|\/)README\.md$/, '$1index.md')
    .replace(/(^|\/)docs\/(?!index\.md$)/, '$1')
    .toLowerCase()
}

/** The first heading, as plain text; the name of the file where there is none. */
export function titleOf(text: string, file: string): string {
  const heading = /^#\s+(.*?)\s*#*$/m.exec(text)?.[1]
  return heading?.replace(/[`*]/g, '').replaceAll('\\', '') ?? file.replace(/^.*\//, '').replace(/\.md$/, '')
}

/** The paths of a folder's pages, relative to it; settings in hidden folders are none. */
export function markdownFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => relative(folder, join(folder, name)))
    .filter((name) => name.endsWith('.md') && !name.split('/').some((part) => part.startsWith('.')))
    .sort()
}
