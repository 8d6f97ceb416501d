/**
 * The planning document, traced: each of its items is in `docs/planning-document.md`, with files, specs, titles and
 * commands that exist. The document is not part of this repository; where it is not beside it, that is said, and
 * everything else is checked.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandChecker } from './check-docs/command-problems'
import { specTitles } from './check-docs/spec-titles'
import type { MappedItem } from './planning-document/mapped-items'
import { mappedItems } from './planning-document/mapped-items'
import type { Project } from './planning-document/mapping-problems'
import { coverageProblems, mappingProblems, translationProblems } from './planning-document/mapping-problems'
import { plannedItems } from './planning-document/planned-items'

const root = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const page = 'docs/planning-document.md'
const translation = 'docs/planning-document.ko.md'
const document = '../shared/planning-document.ko.md'

const commands = new CommandChecker(root)
const titles = new Map<string, ReadonlySet<string>>()
const project: Project = {
  exists: (file) => existsSync(join(root, file)),
  titles: (file) => {
    const known = titles.get(file) ?? specTitles(file, read(file)).titles
    titles.set(file, known)
    return known
  },
  commandProblems: (command) => commands.problems(command),
}

const items = mappedItems(page, read(page))
const problems = mappingProblems(page, items, project)
if (existsSync(join(root, translation)))
  problems.push(...translationProblems(translation, mappedItems(translation, read(translation)), items))
if (existsSync(join(root, document)))
  problems.push(...coverageProblems(page, items, plannedItems(read(document))))
else console.log(`${document} is not here: whether every item of it is mapped was not checked`)

for (const problem of problems) console.error(problem)
const count = (state: MappedItem['state']): number => items.filter((item) => item.state === state).length
console.log(
  `planning document: ${items.length} items, ${count('done')} done, ${count('partly')} partly, ${count('not yet')} not yet, ${problems.length} problems`,
)
process.exitCode = problems.length === 0 && items.length > 0 ? 0 : 1
