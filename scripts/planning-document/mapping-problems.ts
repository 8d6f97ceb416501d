/**
 * What does not hold of the mapping: files, titles and commands that do not exist, an item that says too little for its
 * state, and, where the planning document is at hand, items that are missing, mapped twice or no longer there.
 */
import type { MappedItem } from './mapped-items'
import type { PlannedItem } from './planned-items'

/** What the mapping is checked against. */
export interface Project {
  readonly exists: (file: string) => boolean
  /** The titles in a spec that exists. */
  readonly titles: (file: string) => ReadonlySet<string>
  /** What is wrong with a command. */
  readonly commandProblems: (command: string) => readonly string[]
}

export function mappingProblems(page: string, items: readonly MappedItem[], project: Project): string[] {
  return items.flatMap((item) => {
    const { line, state, quote, code, specs, commands, hasMissing, unread } = item
    const problems: string[] = [...unread]
    if (state === undefined) problems.push('has no state')
    if (quote === '') problems.push('quotes nothing: 「…」')
    if (state === 'done' || state === 'partly') {
      if (code.length === 0) problems.push('names no file')
      if (specs.length === 0) problems.push('names no spec')
      if (commands.length === 0) problems.push('names no command')
    }
    if ((state === 'partly' || state === 'not yet') && !hasMissing)
      problems.push('does not say what is missing')
    if (state === 'done' && hasMissing) problems.push('is done, and something is missing')
    for (const file of [...code, ...specs.map(({ file: spec }) => spec)])
      if (!project.exists(file)) problems.push(`${file} does not exist`)
    for (const { file, titles } of specs)
      for (const title of titles)
        if (project.exists(file) && !hasTitle(project.titles(file), title))
          problems.push(`${file} has no title “${title}”`)
    for (const command of commands) problems.push(...project.commandProblems(command))
    return problems.map((problem) => `${page}:${line} ${problem}`)
  })
}

/** A title that holds code is shown as code: the marks are no part of what is compared. */
function hasTitle(titles: ReadonlySet<string>, shown: string): boolean {
  return titles.has(shown) || [...titles].some((title) => title.replaceAll('`', '') === shown)
}

/** By section and by the beginning of the item's words. */
export function coverageProblems(
  page: string,
  items: readonly MappedItem[],
  planned: readonly PlannedItem[],
): string[] {
  const found = new Map<PlannedItem, MappedItem[]>(planned.map((item) => [item, []]))
  const problems: string[] = []
  for (const item of items) {
    const meant = planned.filter(
      ({ section, text }) => section === item.section && item.quote !== '' && text.startsWith(item.quote),
    )
    // A whole item may be the beginning of another one.
    const [only] = meant.length > 1 ? meant.filter(({ text }) => text === item.quote) : meant
    if (only !== undefined) found.get(only)?.push(item)
    else if (meant.length > 1) problems.push(`${page}:${item.line} means several items: ${item.quote}`)
    else problems.push(`${page}:${item.line} is no item of section ${item.section}: ${item.quote}`)
  }
  for (const [{ section, text }, mapped] of found) {
    if (mapped.length === 0) problems.push(`${page} does not map ${section}: ${text}`)
    for (const { line } of mapped.slice(1)) problems.push(`${page}:${line} is mapped a second time: ${text}`)
  }
  return problems
}

/** A translation says the same of the same items. */
export function translationProblems(
  page: string,
  items: readonly MappedItem[],
  original: readonly MappedItem[],
): string[] {
  const facts = ({ section, quote, state, code, specs, commands, hasMissing }: MappedItem): string =>
    JSON.stringify([section, quote, state, code, specs, commands, hasMissing])
  const problems = items.flatMap((item, index) => {
    const other = original[index]
    const unread = item.unread.map((problem) => `${page}:${item.line} ${problem}`)
    return other === undefined || facts(item) === facts(other)
      ? unread
      : [...unread, `${page}:${item.line} differs from the original's line ${other.line}: ${item.quote}`]
  })
  if (items.length !== original.length)
    problems.push(`${page} maps ${items.length} items, the original ${original.length}`)
  return problems
}
