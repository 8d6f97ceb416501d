/**
 * The fenced blocks of a page, of any language and with either mark, also in a list, in a quotation and in a comment of
 * HTML, where a reader does not see them.
 */
import { markdownTokens } from './markdown-tokens'

export interface Fence {
  /** Of the opening fence, counted from 1: the code begins on the next line. */
  readonly line: number
  readonly language: string
  /** The words behind the language: `run` of `ts run`. */
  readonly tags: readonly string[]
  readonly code: string
  /** Whether `<!-- no-check: the reason -->` stands above it, with empty lines between or without. */
  readonly hasReason: boolean
}

export function fences(lines: readonly string[]): Fence[] {
  return markdownTokens(lines.join('\n')).flatMap(({ token: { type, info, content }, line }) => {
    if (type === 'html_block' && /^\s*<!--/.test(content)) return hidden(content, line)
    if (type !== 'fence') return []
    const [language = '', ...tags] = info.trim().split(/\s+/)
    const code = content.replace(/\n$/, '')
    return [{ line, language, tags, code, hasReason: endsInReason(lines.slice(0, line - 1)) }]
  })
}

/** Those of a comment, which begins on `line`; its two marks are no part of what is read. */
function hidden(comment: string, line: number): Fence[] {
  const inside = comment.replace('<!--', '').replace(/-->\s*$/, '')
  return fences(inside.split('\n')).map((fence) => ({ ...fence, line: fence.line + line - 1 }))
}

/** By the last line that is not empty: the formatter sets a comment and a block apart. In a quotation `>` is empty. */
function endsInReason(above: readonly string[]): boolean {
  const last = above.filter((line) => !/^[\s>]*$/.test(line)).at(-1) ?? ''
  return /<!--\s*no-check: \S.*-->/.test(last)
}

/** The name that a block gives to itself, so that others of its page can import it. */
export function fileNameOf(tags: readonly string[]): string | undefined {
  return tags.find((tag) => tag.startsWith('file='))?.slice('file='.length)
}
