/**
 * The globals of Node that a module reads, which no page has. Not one of its own of the same name, and not where a
 * condition asks first: `typeof process === 'undefined' ? … : …`, `globalThis.process?.env`.
 */
import { transform } from 'esbuild'
import ts from 'typescript'

const names = ['Buffer', 'process', 'global', 'setImmediate', 'clearImmediate', '__dirname', '__filename']
const mark = '__ofNode_'
/** `globalThis.process` is `undefined` in a page: to read it is no fault, to read something of it is one. */
const markOfProperty = `${mark}property_`

/** What is read, as the minifier writes it. */
export async function nodeGlobals(code: string): Promise<readonly string[]> {
  // A bundler knows which names are free; it gives those a name that nothing else has.
  const { code: marked } = await transform(code, {
    minifyWhitespace: true,
    define: Object.fromEntries(
      names.flatMap((name) => [
        [name, `${mark}${name}`],
        [`globalThis.${name}`, `${markOfProperty}${name}`],
      ]),
    ),
  })
  const found: string[] = []
  visit(ts.createSourceFile('module.js', marked, ts.ScriptTarget.Latest, true))
  return found

  function visit(node: ts.Node): void {
    if (ts.isIdentifier(node) && node.text.startsWith(mark) && !isAskedFor(node))
      found.push(
        node.parent.getText().replaceAll(markOfProperty, 'globalThis.').replaceAll(mark, '').slice(0, 60),
      )
    ts.forEachChild(node, visit)
  }
}

/** By the question itself, or by a condition around it that asks. */
function isAskedFor(name: ts.Identifier): boolean {
  const { parent } = name
  if (ts.isTypeOfExpression(parent)) return true
  if (name.text.startsWith(markOfProperty) && !isUsed(name, parent)) return true
  const question = `typeof ${name.text}`
  for (let node: ts.Node = name; !ts.isSourceFile(node); node = node.parent) {
    const around = node.parent
    const condition = ts.isConditionalExpression(around)
      ? around.condition
      : ts.isBinaryExpression(around)
        ? around.left
        : ts.isIfStatement(around)
          ? around.expression
          : undefined
    if (condition !== undefined && condition !== node && condition.getText().includes(question)) return true
  }
  return false
}

/** Whether it must be there: something of it is read, or it is called. */
function isUsed(name: ts.Identifier, parent: ts.Node): boolean {
  return (
    ((ts.isPropertyAccessExpression(parent) ||
      ts.isElementAccessExpression(parent) ||
      ts.isCallExpression(parent)) &&
      parent.expression === name &&
      parent.questionDotToken === undefined) ||
    (ts.isNewExpression(parent) && parent.expression === name)
  )
}
