/**
 * The `ts` and `tsx` blocks of a page, or of a source's doc comments, with the line that each stands on.
 */

export interface CodeBlock {
  readonly file: string
  /** Of the opening fence, counted from 1: the code begins on the next line. */
  readonly line: number
  readonly language: 'ts' | 'tsx'
  readonly code: string
}

export interface CodeBlocks {
  readonly blocks: readonly CodeBlock[]
  /** Messages about code that is left unchecked without a reason. */
  readonly unexplained: readonly string[]
}

const fence = /^(\s*)(`{3,})\s*(\S*)\s*(.*)$/

export function codeBlocks(file: string, text: string): CodeBlocks {
  const blocks: CodeBlock[] = []
  const unexplained: string[] = []
  const lines = file.endsWith('.md') ? text.split('\n') : docCommentLines(text)

  for (let index = 0; index < lines.length; index += 1) {
    const opening = fence.exec(lines[index] ?? '')
    if (opening === null) {
      if (isUnfencedExample(lines, index)) {
        unexplained.push(`${file}:${index + 1} is an @example that is not checked: fence it as ts`)
      }
      continue
    }
    const [, indent = '', ticks = '```', language, tags = ''] = opening
    const start = index
    const code: string[] = []
    for (index += 1; index < lines.length && !closes(lines[index], ticks); index += 1)
      code.push((lines[index] ?? '').replace(new RegExp(`^ {0,${indent.length}}`), ''))

    if (language !== 'ts' && language !== 'tsx') continue
    if (!tags.split(/\s+/).includes('no-check')) {
      blocks.push({ file, line: start + 1, language, code: code.join('\n') })
    } else if (!/<!--\s*no-check: \S.*-->/.test(lines[start - 1] ?? '')) {
      unexplained.push(`${file}:${start + 1} is not checked: say why above it, <!-- no-check: … -->`)
    }
  }
  return { blocks, unexplained }
}

function closes(line: string | undefined, ticks: string): boolean {
  return line?.trim() === ticks
}

function isUnfencedExample(lines: readonly string[], index: number): boolean {
  return /^\s*@example\b/.test(lines[index] ?? '') && !/^\s*```tsx?\b/.test(lines[index + 1] ?? '')
}

/** The source with everything but its doc comments made empty, so that line numbers stay. */
function docCommentLines(text: string): string[] {
  let inside = false
  return text.split('\n').map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true
    const shown = inside ? line.replace(/^\s*(\/\*\*|\*\/|\*) ?/, '').replace(/\*\/\s*$/, '') : ''
    if (line.includes('*/')) inside = false
    return shown
  })
}
