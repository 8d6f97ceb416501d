/**
 * The `ts` and `tsx` blocks of a page, or of a source's doc comments, with the line that each stands on.
 */
import { fences, fileNameOf } from './markdown-fences'

export interface CodeBlock {
  readonly file: string
  /** Of the opening fence, counted from 1: the code begins on the next line. */
  readonly line: number
  readonly language: 'ts' | 'tsx'
  readonly code: string
  /** `crossings.ts` of `ts file=crossings.ts`: other blocks of the page import it as `./crossings`. */
  readonly name: string | undefined
}

export interface CodeBlocks {
  readonly blocks: readonly CodeBlock[]
  /** Messages about examples that are no block. */
  readonly unexplained: readonly string[]
}

export function codeBlocks(file: string, text: string): CodeBlocks {
  const blocks: CodeBlock[] = []
  const unexplained: string[] = []
  const lines = file.endsWith('.md') ? text.split('\n') : docCommentLines(text)

  for (const { line, language, tags, code } of fences(lines))
    if ((language === 'ts' || language === 'tsx') && !tags.includes('no-check'))
      blocks.push({ file, line, language, code, name: fileNameOf(tags) })
  lines.forEach((line, index) => {
    if (/^\s*@example\b/.test(line) && !/^\s*```tsx?\b/.test(lines[index + 1] ?? ''))
      unexplained.push(`${file}:${index + 1} is an @example that is not checked: fence it as ts`)
  })
  return { blocks, unexplained }
}

/** The source with everything but its doc comments made empty, so that line numbers stay. */
export function docCommentLines(text: string): string[] {
  let inside = false
  return text.split('\n').map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true
    const shown = inside ? line.replace(/^\s*(\/\*\*|\*\/|\*) ?/, '').replace(/\*\/\s*$/, '') : ''
    if (line.includes('*/')) inside = false
    return shown
  })
}
