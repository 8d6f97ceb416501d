/** The titles in a spec, read from its syntax: of its groups and of its promises. */
import ts from 'typescript'

export interface SpecTitles {
  /** Each title by itself. */
  readonly titles: ReadonlySet<string>
  /** Each with those of the groups around it, as the runner matches `-t`. */
  readonly paths: readonly string[]
  /** Whether there are titles that only a run can tell: made by code, or of a table (`%s`, `$name`). */
  readonly hasOthers: boolean
}

const callers = /^(?:describe|it|test)(?:\.(?:only|skip|each|failing|concurrent))*$/

export function specTitles(file: string, text: string): SpecTitles {
  const titles = new Set<string>()
  const paths: string[] = []
  let hasOthers = false
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest), '')
  return { titles, paths, hasOthers }

  function visit(node: ts.Node, above: string): void {
    const title = titleOf(node)
    if (title === null || /[%$]\w/.test(title ?? '')) hasOthers = true
    if (typeof title === 'string') {
      titles.add(title)
      paths.push(`${above}${title}`)
    }
    ts.forEachChild(node, (child) => {
      visit(child, typeof title !== 'string' ? above : `${above}${title} `)
    })
  }
}

/** Of `it('…', …)`, `it.each(table)('…', …)` and the like; `null` for one that is computed. */
function titleOf(node: ts.Node): string | null | undefined {
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  const caller = ts.isCallExpression(expression)
    ? expression.expression
    : ts.isTaggedTemplateExpression(expression)
      ? expression.tag
      : expression
  if (!callers.test(nameOf(caller))) return undefined
  const [title] = node.arguments
  return title !== undefined && ts.isStringLiteralLike(title) ? title.text : null
}

function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? `${nameOf(node.expression)}.${node.name.text}` : ''
}
