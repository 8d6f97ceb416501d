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
  /** Messages about code that is left unchecked without a reason. */
  readonly unexplained: readonly string[]
}

export function codeBlocks(file: string, text: string): CodeBlocks {
  const blocks: CodeBlock[] = []
  const unexplained: string[] = []
  const lines = file.endsWith('.md') ? text.split('\n') : docCommentLines(text)

  for (const { line, language, tags, code } of fences(lines)) {
    if (language !== 'ts' && language !== 'tsx') continue
    if (!tags.includes('no-check')) {
      blocks.push({ file, line, language, code, name: fileNameOf(tags) })
    } else if (!hasReason(lines, line - 1)) {
      unexplained.push(`${file}:${line} is not checked: say why above it, <!-- no-check: … -->`)
    }
  }
  lines.forEach((line, index) => {
    if (/^\s*@example\b/.test(line) && !/^\s*```tsx?\b/.test(lines[index + 1] ?? ''))
      unexplained.push(`${file}:${index + 1} is an @example that is not checked: fence it as ts`)
  })
  return { blocks, unexplained }
}

/** On the line above, or with an empty one between, which prettier puts there. */
function hasReason(lines: readonly string[], fenceIndex: number): boolean {
  const above = lines[fenceIndex - 1]?.trim() === '' ? lines[fenceIndex - 2] : lines[fenceIndex - 1]
  return /<!--\s*no-check: \S.*-->/.test(above ?? '')
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
