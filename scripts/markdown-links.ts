/**
 * The relative links of a page: each must lead to a file of the project, and its anchor to a heading of that file.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { PlacedToken } from './markdown-tokens'
import { inlineTokens, markdownTokens } from './markdown-tokens'

export function brokenLinks(root: string, page: string): string[] {
  return linksOf(readFileSync(join(root, page), 'utf8')).flatMap(({ target, line }) => {
    if (/^[a-z][a-z+.-]*:/i.test(target)) return []
    const [path = '', anchor] = decodeURIComponent(target).split('#')
    const file = path === '' ? join(root, page) : join(root, dirname(page), path)
    const where = `${page}:${line}`
    if (relative(root, file).startsWith('..')) return [`${where} leaves the project: ${target}`]
    if (!existsSync(file)) return [`${where} leads nowhere: ${target}`]
    if (anchor === undefined) return []
    if (statSync(file).isDirectory()) return [`${where} names a heading of a folder: ${target}`]
    if (file.endsWith('.md') && !anchors(file).has(anchor)) return [`${where} has no such heading: ${target}`]
    return []
  })
}

export interface Link {
  readonly target: string
  readonly line: number
}

/** Links and images, also by reference, and the two attributes that raw HTML has for it. */
export function linksOf(text: string): Link[] {
  const inHtml = ({ token: { type, content }, line }: PlacedToken): Link[] =>
    type === 'html_block' || type === 'html_inline'
      ? [...content.matchAll(/<[a-z][^>]*\s(?:href|src)=["']([^"']+)["']/gi)].map(([, target = '']) => ({
          target,
          line,
        }))
      : []
  const inText = inlineTokens(text).flatMap((placed): Link[] => {
    const target = placed.token.attrGet('href') ?? placed.token.attrGet('src')
    return target === null ? inHtml(placed) : [{ target, line: placed.line }]
  })
  return [...inText, ...markdownTokens(text).flatMap(inHtml)].sort((a, b) => a.line - b.line)
}

/** The anchors that a forge gives to a page's headings, and those that the page sets itself. */
function anchors(file: string): Set<string> {
  const found = new Set<string>()
  const text = readFileSync(file, 'utf8')
  const tokens = markdownTokens(text)
  for (const { token } of [...tokens, ...inlineTokens(text)])
    if (token.type === 'html_block' || token.type === 'html_inline')
      for (const [, id = ''] of token.content.matchAll(/<[a-z][^>]*\s(?:id|name)=["']([^"']+)["']/gi))
        found.add(id)
  tokens.forEach(({ token }, index) => {
    if (token.type !== 'heading_open') return
    const slug = slugOf(tokens[index + 1]?.token.content ?? '')
    let name = slug
    for (let count = 1; found.has(name); count += 1) name = `${slug}-${count}`
    found.add(name)
  })
  return found
}

/** The anchor that a forge makes of a heading; the site makes the same. */
export function slugOf(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-')
}
