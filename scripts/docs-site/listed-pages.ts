/** The pages of the assembled tree, generated ones too, and the order in which a reader is led through them. */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { ListedPage } from './sidebar'
import { markdownFiles, sitePathOf, titleOf } from './site-pages'

export function listedPages(folder: string): ListedPage[] {
  return markdownFiles(folder).map((path) => ({
    path,
    title: titleOf(readFileSync(join(folder, path), 'utf8'), path),
  }))
}

/** The places to which the list of the documents links, in its order; a translation has its original's place. */
export function readingOrder(root: string): string[] {
  const links = readFileSync(join(root, 'docs/README.md'), 'utf8').matchAll(/\]\(([^)#\s]+\.md)[^)]*\)/g)
  return [...links].map(([, link = '']) => sitePathOf(posix.normalize(`docs/${link}`)))
}
