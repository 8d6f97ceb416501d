/**
 * A page and its translation say the same: `X.md` and `X.ko.md` are made of the same blocks in the same order, with the
 * same code in each (`page-contents.ts`). Comments may be translated, and the titles of tests. The translation leads its
 * reader to translations.
 */
import { posix } from 'node:path'
import ts from 'typescript'
import type { Fence } from './markdown-fences'
import { fences } from './markdown-fences'
import { inlineTokens } from './markdown-tokens'
import type { Page } from './page-contents'
import { contentProblems, shapeProblems } from './page-contents'

/** `exists`: whether there is a page of that path. */
export function pairProblems(
  page: Page,
  translation: Page,
  exists: (file: string) => boolean = () => false,
): string[] {
  const shape = shapeProblems(page, translation)
  const problems =
    shape.length > 0 ? shape : [...blockProblems(page, translation), ...contentProblems(page, translation)]
  if (!linksTo(page, translation) || !linksTo(translation, page))
    problems.push(`${page.file} and ${translation.file} do not link each other`)
  return [...problems, ...untranslatedLinks(page, translation, exists)]
}

/** Those in comments of HTML too, which belong to no shape. */
function blockProblems(page: Page, translation: Page): string[] {
  const blocks = fences(page.text.split('\n'))
  const translated = fences(translation.text.split('\n'))
  if (blocks.length !== translated.length)
    return [`${translation.file} has ${translated.length} blocks, ${page.file} has ${blocks.length}`]
  return blocks.flatMap((block, index) => {
    const other = translated[index]
    return other === undefined || meaningOf(block) === meaningOf(other)
      ? []
      : [`${translation.file}:${other.line} differs from the block at ${page.file}:${block.line}`]
  })
}

/** The page as a link's target, since the two stand in one folder. */
function linksTo(from: Page, to: Page): boolean {
  return from.text.includes(`](${to.file.split('/').at(-1)})`)
}

/** Links to a page that has a translation, but for the twin's, and for one that is shown as the path of a file. */
function untranslatedLinks(page: Page, translation: Page, exists: (file: string) => boolean): string[] {
  const tokens = inlineTokens(translation.text)
  return tokens.flatMap(({ token, line }, index) => {
    const [path = ''] = decodeURIComponent(token.attrGet('href') ?? '').split('#')
    if (token.type !== 'link_open' || !path.endsWith('.md') || path.endsWith('.ko.md')) return []
    const file = posix.join(posix.dirname(translation.file), path)
    const translated = file.replace(/\.md$/, '.ko.md')
    if (file === page.file || tokens[index + 1]?.token.content.endsWith('.md') || !exists(translated))
      return []
    return [`${translation.file}:${line} leads to ${file}, which is translated: ${translated}`]
  })
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
