/**
 * The tree that the site is built from, `temp/site-pages/`: every page at its place on the site, the generated ones
 * beside them, and the repository's files that pages link to. Copies rather than the site builder's own rewriting of
 * paths, which files the Korean pages under the English search index.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { writeApiPages } from './api-pages'
import { generatedPages } from './generated-pages'
import { pagesFolder } from './pages-folder'
import type { LinkResolver } from './site-link'
import { createLinkResolver } from './site-link'
import type { SitePage } from './site-pages'
import { sitePages } from './site-pages'

/** Writes the whole tree anew; `false` when the API reference had a warning. */
export async function assemble(root: string): Promise<boolean> {
  const folder = join(root, pagesFolder)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const isApiClean = await writeApiPages(root, join(folder, 'api'))

  const pages = sitePages(root)
  const generated = generatedPages(root, pages)
  for (const { path, text } of generated) write(join(folder, path), text)

  const resolve = createLinkResolver(
    root,
    pages,
    generated.map(({ path }) => path),
  )
  for (const page of pages) {
    copy(join(root, page.source), join(folder, page.path))
    for (const { href, file } of linkedFiles(root, page, resolve))
      copy(join(root, file), join(folder, 'public', href))
  }
  return isApiClean
}

/** Copies a page again when it is saved. A new page, or a new link to a file, needs a new start. */
export function watchPages(root: string): void {
  const pages = new Map(sitePages(root).map((page) => [page.source, page]))
  const copyAgain = (source: string): void => {
    const page = pages.get(source)
    if (page !== undefined && existsSync(join(root, source)))
      copy(join(root, source), join(root, pagesFolder, page.path))
  }
  watch(join(root, 'docs'), { recursive: true }, (_event, name) => {
    if (name !== null) copyAgain(`docs/${name}`)
  })
  watch(root, (_event, name) => {
    if (name !== null) copyAgain(name)
  })
}

function linkedFiles(
  root: string,
  { source }: SitePage,
  resolve: LinkResolver,
): { href: string; file: string }[] {
  const tokens = new MarkdownIt({ html: true }).parse(readFileSync(join(root, source), 'utf8'), {})
  return tokens
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'link_open')
    .map((token) => resolve(source, String(token.attrGet('href'))))
    .filter((link) => link.kind === 'file')
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
