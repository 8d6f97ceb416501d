/** The fenced blocks of a page, of any language, with the line that each stands on. */

export interface Fence {
  /** Of the opening fence, counted from 1: the code begins on the next line. */
  readonly line: number
  readonly language: string
  /** The words behind the language: `run` of `ts run`. */
  readonly tags: readonly string[]
  readonly code: string
}

const opening = /^(\s*)(`{3,})\s*(\S*)\s*(.*)$/

export function fences(lines: readonly string[]): Fence[] {
  const found: Fence[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const match = opening.exec(lines[index] ?? '')
    if (match === null) continue
    const [, indent = '', ticks = '```', language = '', words = ''] = match
    const start = index
    const code: string[] = []
    for (index += 1; index < lines.length && lines[index]?.trim() !== ticks; index += 1)
      code.push((lines[index] ?? '').replace(new RegExp(`^ {0,${indent.length}}`), ''))
    const tags = words.split(/\s+/).filter((word) => word !== '')
    found.push({ line: start + 1, language, tags, code: code.join('\n') })
  }
  return found
}

/** The name that a block gives to itself, so that others of its page can import it. */
export function fileNameOf(tags: readonly string[]): string | undefined {
  return tags.find((tag) => tag.startsWith('file='))?.slice('file='.length)
}
