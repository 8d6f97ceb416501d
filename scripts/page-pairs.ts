/**
 * A page and its translation say the same: `X.md` and `X.ko.md` have the same headings by level, the same blocks in the
 * same order, and in them the same code. Comments may be translated, and the titles of tests.
 */
import ts from 'typescript'
import type { Fence } from './markdown-fences'
import { fences } from './markdown-fences'
import { markdownTokens } from './markdown-tokens'

export interface Page {
  readonly file: string
  readonly text: string
}

export function pairProblems(page: Page, translation: Page): string[] {
  const problems: string[] = []
  const levels = headingLevels(page.text).join(' ')
  const translatedLevels = headingLevels(translation.text).join(' ')
  if (levels !== translatedLevels) {
    problems.push(
      `${translation.file} has the heading levels ${translatedLevels}, ${page.file} has ${levels}`,
    )
  }
  const blocks = fences(page.text.split('\n'))
  const translated = fences(translation.text.split('\n'))
  if (blocks.length !== translated.length) {
    problems.push(`${translation.file} has ${translated.length} blocks, ${page.file} has ${blocks.length}`)
  }
  blocks.slice(0, translated.length).forEach((block, index) => {
    const other = translated[index]
    if (other !== undefined && meaningOf(block) !== meaningOf(other)) {
      problems.push(`${translation.file}:${other.line} differs from the block at ${page.file}:${block.line}`)
    }
  })
  if (!linksTo(page, translation) || !linksTo(translation, page)) {
    problems.push(`${page.file} and ${translation.file} do not link each other`)
  }
  return problems
}

function headingLevels(text: string): number[] {
  return markdownTokens(text).flatMap(({ token: { type, tag } }) =>
    type === 'heading_open' ? [Number(tag.slice(1))] : [],
  )
}

/** The page as a link's target, since the two stand in one folder. */
function linksTo(from: Page, to: Page): boolean {
  return from.text.includes(`](${to.file.split('/').at(-1)})`)
}

/** All of a block that may not differ. */
function meaningOf({ language, tags, code }: Fence): string {
  const meaning =
    language === 'ts' || language === 'tsx' || language === 'js'
      ? tokens(code)
      : language === 'sh' || language === 'bash' || language === 'python'
        ? code.replace(/\s*#.*$/gm, '')
        : code
  return `${language} ${tags.join(' ')}\n${meaning}`
}

/** A token a line: comments and line breaks are none of them, and a test's title is as good as any other. */
function tokens(code: string): string {
  const source = ts.createSourceFile('block.tsx', code, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return
    if (isTestTitle(node)) found.push('a title')
    else if (node.getChildCount(source) === 0) found.push(node.getText(source))
    else node.getChildren(source).forEach(visit)
  }
  visit(source)
  return found.join('\n')
}

function isTestTitle(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) &&
    ts.isCallExpression(node.parent) &&
    node.parent.arguments[0] === node &&
    ['describe', 'it', 'test'].includes(node.parent.expression.getText())
  )
}
