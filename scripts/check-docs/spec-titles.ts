/**
 * The titles in a spec, read from its syntax: of its groups and of its promises. One that is skipped, planned or expected
 * to fail promises nothing, and neither does what stands in a group of that kind.
 */
import ts from 'typescript'

export interface SpecTitles {
  /** Each title by itself. */
  readonly titles: ReadonlySet<string>
  /** Each with those of the groups around it, as the runner matches `-t`. */
  readonly paths: readonly string[]
  /** Whether there are titles that only a run can tell: made by code, or of a table (`%s`, `$name`). */
  readonly hasOthers: boolean
}

const callers = /^[fx]?(?:describe|it|test)(?:\.(?:only|skip|todo|each|failing|concurrent))*$/
const idle = /^x|\.(?:skip|todo|failing)\b/

export function specTitles(file: string, text: string): SpecTitles {
  const titles = new Set<string>()
  const paths: string[] = []
  let hasOthers = false
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest), '')
  return { titles, paths, hasOthers }

  function visit(node: ts.Node, above: string): void {
    const { title, isIdle } = titleOf(node)
    if (isIdle) return
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

interface Titled {
  /** `null` for one that is computed, `undefined` where there is none. */
  readonly title?: string | null
  readonly isIdle: boolean
}

/** Of `it('…', …)`, `it.each(table)('…', …)` and the like. */
function titleOf(node: ts.Node): Titled {
  if (!ts.isCallExpression(node)) return { isIdle: false }
  const { expression } = node
  const caller = ts.isCallExpression(expression)
    ? expression.expression
    : ts.isTaggedTemplateExpression(expression)
      ? expression.tag
      : expression
  const name = nameOf(caller)
  if (!callers.test(name)) return { isIdle: false }
  const [title] = node.arguments
  return {
    title: title !== undefined && ts.isStringLiteralLike(title) ? title.text : null,
    isIdle: idle.test(name),
  }
}

function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? `${nameOf(node.expression)}.${node.name.text}` : ''
}
