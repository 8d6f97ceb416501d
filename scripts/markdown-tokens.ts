/** A page as the tokens of markdown-it, each with its line: the one reader of all that checks pages. */
import type { Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'

export interface PlacedToken {
  readonly token: Token
  /** Where it begins, counted from 1; of a cell of a table, its row. */
  readonly line: number
}

const reader = new MarkdownIt({ html: true })

export function markdownTokens(text: string): PlacedToken[] {
  let line = 1
  return reader.parse(text, {}).map((token) => {
    if (token.map !== null) line = token.map[0] + 1
    return { token, line }
  })
}

/** The tokens of sentences, of cells and of headings: links, code, HTML. */
export function inlineTokens(text: string): PlacedToken[] {
  return markdownTokens(text).flatMap(({ token: { type, children }, line: start }) => {
    if (type !== 'inline') return []
    let line = start
    return (children ?? []).map((token) => {
      const placed = { token, line }
      if (token.type === 'softbreak' || token.type === 'hardbreak') line += 1
      return placed
    })
  })
}
