/**
 * Every fenced block of a page, accounted for by its language: `ts` and `tsx` are compiled elsewhere (`compile-blocks`),
 * `js` parses, `json` is JSON, each line of `sh` is a command that exists, `text` is no code. A block of another language
 * or of none is a problem, and so is code that stands there by indentation alone, and the output of a program that is not
 * said to be compared.
 *
 * What cannot be checked is fenced as `js no-check`, with `<!-- no-check: the reason -->` above.
 */
import ts from 'typescript'
import type { Fence } from '../markdown-fences'
import { fences } from '../markdown-fences'
import { inlineTokens, markdownTokens } from '../markdown-tokens'

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
  const found = fences(markdown.split('\n'))
  const problems = found.flatMap((fence, index) => blockProblems(fence, found[index - 1], checks))
  if (isPage) problems.push(...outsideProblems(markdown), ...sentenceProblems(markdown, checks))
  return problems.sort((a, b) => a.line - b.line).map(({ line, problem }) => `${file}:${line} ${problem}`)
}

interface Problem {
  /** Of the page, counted from 1. */
  readonly line: number
  readonly problem: string
}

function blockProblems(fence: Fence, before: Fence | undefined, checks: FenceChecks): Problem[] {
  const { line, language, tags, code, hasReason } = fence
  if (tags.includes('no-check'))
    return hasReason ? [] : [{ line, problem: 'is not checked: say why above it, <!-- no-check: … -->' }]
  if (language === 'ts' || language === 'tsx') return []
  if (language === 'text' && tags.length === 0 && before?.language === 'ts' && before.tags.includes('run'))
    return [{ line, problem: 'follows a program and is not compared: `text prints` or `text like`' }]
  return problemsOf(language, code, checks).map(({ line: inside, problem }) => ({
    line: line + 1 + inside,
    problem,
  }))
}

/** Code that is no block, so that nothing would check it. */
function outsideProblems(markdown: string): Problem[] {
  return markdownTokens(markdown).flatMap(({ token: { type, content }, line }) => {
    if (type === 'code_block')
      return [{ line, problem: 'is code by indentation alone: fence it with its language' }]
    return type === 'html_block' && !/^\s*<!--/.test(content) && /^[\s>]*(?:```|~~~)/m.test(content)
      ? [{ line, problem: 'is HTML that swallows a block: set an empty line between them' }]
      : []
  })
}

/** Commands that stand in a sentence. Others may be shown there as a form to fill in, `npm start -- --replay FILE`. */
function sentenceProblems(markdown: string, { command }: FenceChecks): Problem[] {
  return inlineTokens(markdown)
    .filter(
      ({ token: { type, content } }) => type === 'code_inline' && /^(?:npm run|npx jest) /.test(content),
    )
    .flatMap(({ token: { content }, line }) => command(content).map((problem) => ({ line, problem })))
}

interface InnerProblem {
  /** Of the block, counted from 0. */
  readonly line: number
  readonly problem: string
}

function problemsOf(language: string, content: string, { command }: FenceChecks): InnerProblem[] {
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

function syntaxProblems(name: string, content: string, otherwise?: string): InnerProblem[] {
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
