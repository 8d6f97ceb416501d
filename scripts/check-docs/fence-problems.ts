/**
 * Every fenced block of a page, accounted for by its language: `ts` and `tsx` are compiled elsewhere (`compile-blocks`),
 * `js` parses, `json` is JSON, each line of `sh` is a command that exists, `text` is no code. A block of another language
 * or of none is a problem, and so is code that stands there by indentation alone.
 *
 * What cannot be checked is fenced as `js no-check`, with `<!-- no-check: the reason -->` above.
 */
import type { Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import ts from 'typescript'

export interface FenceChecks {
  /** What is wrong with a line of shell. */
  readonly command: (line: string) => readonly string[]
}

/** `isPage`: a page, whose every block counts; else the doc comments of a source, where indentation is only that. */
export function fenceProblems(
  file: string,
  markdown: string,
  isPage: boolean,
  checks: FenceChecks,
): string[] {
  const lines = markdown.split('\n')
  return new MarkdownIt({ html: true })
    .parse(markdown, {})
    .flatMap(({ type, info, content, map, children }) => {
      const start = map?.[0] ?? 0
      const at = (line: number, problem: string): string => `${file}:${line} ${problem}`
      if (type === 'code_block' && isPage)
        return [at(start + 1, 'is code by indentation alone: fence it with its language')]
      if (type === 'inline' && isPage)
        return shownCommands(children ?? []).flatMap((shown) =>
          checks.command(shown).map((problem) => at(start + 1, problem)),
        )
      if (type !== 'fence') return []
      const [language = '', ...tags] = info.trim().split(/\s+/)
      if (language === 'ts' || language === 'tsx') return []
      if (tags.includes('no-check'))
        return isExplained(lines.slice(0, start))
          ? []
          : [at(start + 1, 'is not checked: say why above it, <!-- no-check: … -->')]
      return problemsOf(language, content, checks).map(({ line, problem }) => at(start + 2 + line, problem))
    })
}

/** Commands that stand in a sentence. Others may be shown there as a form to fill in, `npm start -- --replay FILE`. */
function shownCommands(tokens: readonly Token[]): string[] {
  return tokens
    .filter(({ type, content }) => type === 'code_inline' && /^(?:npm run|npx jest) /.test(content))
    .map(({ content }) => content)
}

interface Problem {
  /** Of the block, counted from 0. */
  readonly line: number
  readonly problem: string
}

function problemsOf(language: string, content: string, { command }: FenceChecks): Problem[] {
  switch (language) {
    case 'text':
      return []
    case 'sh':
    case 'bash':
      return commandLines(content).flatMap(({ line, text }) =>
        command(text).map((problem) => ({ line, problem })),
      )
    case 'js':
    case 'mjs':
    case 'cjs':
    case 'jsx':
      return syntaxProblems(`block.${language}`, content)
    case 'json':
      return syntaxProblems('block.json', content, jsonProblem(content))
    case '':
      return [{ line: -1, problem: 'is a block without a language: `text` where it is no code' }]
    default:
      return [{ line: -1, problem: `is a block that nothing checks: ${language}` }]
  }
}

/** A line that ends in `\` goes on in the next one. Comments and empty lines are no commands. */
function commandLines(content: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = []
  let begun: { line: number; text: string } | undefined
  for (const [line, raw] of content.split('\n').entries()) {
    const text = `${begun?.text ?? ''}${raw.replace(/^\$ /, '')}`
    const from = begun?.line ?? line
    begun = text.endsWith('\\') ? { line: from, text: text.slice(0, -1) } : undefined
    if (begun === undefined && text.trim() !== '') found.push({ line: from, text })
  }
  return found
}

function syntaxProblems(name: string, content: string, otherwise?: string): Problem[] {
  if (name.endsWith('.json')) return otherwise === undefined ? [] : [{ line: 0, problem: otherwise }]
  const { diagnostics = [] } = ts.transpileModule(content, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: {
      allowJs: true,
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ESNext,
      jsx: ts.JsxEmit.Preserve,
    },
  })
  return diagnostics.map(({ file, start = 0, messageText }) => ({
    line: file?.getLineAndCharacterOfPosition(start).line ?? 0,
    problem: ts.flattenDiagnosticMessageText(messageText, ' '),
  }))
}

function jsonProblem(content: string): string | undefined {
  try {
    JSON.parse(content)
    return undefined
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** By the last line above that is not empty: the formatter sets a comment and a block apart. */
function isExplained(above: readonly string[]): boolean {
  const last = above.filter((line) => line.trim() !== '').at(-1) ?? ''
  return /<!--\s*no-check: \S.*-->/.test(last)
}
