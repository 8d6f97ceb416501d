/**
 * The relative links of a page: each must lead to a file of the project, and its anchor to a heading of that file.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

export function brokenLinks(root: string, page: string): string[] {
  const problems: string[] = []
  proseLines(readFileSync(join(root, page), 'utf8')).forEach((line, index) => {
    for (const target of targets(line)) {
      if (/^[a-z][a-z+.-]*:/i.test(target)) continue
      const [path = '', anchor] = decodeURIComponent(target).split('#')
      const file = path === '' ? join(root, page) : join(root, dirname(page), path)
      const where = `${page}:${index + 1}`
      if (relative(root, file).startsWith('..')) problems.push(`${where} leaves the project: ${target}`)
      else if (!existsSync(file)) problems.push(`${where} leads nowhere: ${target}`)
      else if (anchor !== undefined && file.endsWith('.md') && !anchors(file).has(anchor))
        problems.push(`${where} has no such heading: ${target}`)
      else if (anchor !== undefined && statSync(file).isDirectory())
        problems.push(`${where} names a heading of a folder: ${target}`)
    }
  })
  return problems
}

/** Inline links and images, reference definitions, and the two attributes that raw HTML has for it. */
function targets(line: string): string[] {
  return [
    ...line.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+["'(][^)]*)?\)/g),
    ...line.matchAll(/^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)/g),
    ...line.matchAll(/<[a-z][^>]*\s(?:href|src)=["']([^"']+)["']/gi),
  ].map(([, target = '']) => target)
}

/** A page's lines with code blocks and inline code made empty. */
function proseLines(text: string): string[] {
  let fence: string | undefined
  return text.split('\n').map((line) => {
    const ticks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (ticks !== undefined && (fence === undefined || line.trim() === fence)) {
      fence = fence === undefined ? ticks : undefined
      return ''
    }
    return fence === undefined ? line.replace(/(`+)[^`].*?\1/g, '') : ''
  })
}

/** The anchors that a forge gives to a page's headings, and those that the page sets itself. */
function anchors(file: string): Set<string> {
  const found = new Set<string>()
  const text = readFileSync(file, 'utf8')
  let inCode = false
  for (const line of text.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) inCode = !inCode
    if (inCode) continue
    for (const [, id = ''] of line.matchAll(/<[a-z][^>]*\s(?:id|name)=["']([^"']+)["']/gi)) found.add(id)
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const slug = slugOf(heading)
    let name = slug
    for (let count = 1; found.has(name); count += 1) name = `${slug}-${count}`
    found.add(name)
  }
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
