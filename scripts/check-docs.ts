/**
 * Documents that keep their word. In every page: relative links and anchors lead somewhere. In every page and every
 * doc comment of `src/`: each `ts` or `tsx` block compiles, as a module of its own, against the sources. Each `@example`
 * is such a block. Blocks of other languages are accounted for by `check-docs/other-blocks.ts`.
 *
 * A block that cannot compile is fenced as `ts no-check`, with `<!-- no-check: the reason -->` on the line above. A page
 * that is translated, `X.md` beside `X.ko.md`, has the same blocks, the same code and the same numbers in both (`page-pairs.ts`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { otherBlockProblems } from './check-docs/other-blocks'
import { codeBlocks } from './markdown-code'
import { brokenLinks } from './markdown-links'
import { compileBlocks } from './compile-blocks'
import { pairProblems } from './page-pairs'

const root = join(import.meta.dirname, '..')
const pages = [
  ...files('.', (name) => /^[^/]+\.md$/.test(name)),
  ...files('docs', (name) => name.endsWith('.md')),
  ...['examples/README.md', 'bench/README.md', 'consumers/README.md'].filter((name) =>
    existsSync(join(root, name)),
  ),
]
const sources = files('src', (name) => name.endsWith('.ts'))

const problems = otherBlockProblems(root, [...pages, ...sources])
for (const page of pages) problems.push(...brokenLinks(root, page))

const pageOf = (file: string): { file: string; text: string } => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
})
const translations = pages.filter((name) => name.endsWith('.ko.md'))
for (const translation of translations) {
  const page = translation.replace(/\.ko\.md$/, '.md')
  if (pages.includes(page))
    problems.push(...pairProblems(pageOf(page), pageOf(translation), (file) => pages.includes(file)))
  else problems.push(`${translation} translates a page that does not exist: ${page}`)
}

const { blocks, unexplained } = [...pages, ...sources]
  .map((file) => codeBlocks(file, readFileSync(join(root, file), 'utf8')))
  .reduce((all, one) => ({
    blocks: [...all.blocks, ...one.blocks],
    unexplained: [...all.unexplained, ...one.unexplained],
  }))
problems.push(...unexplained, ...compileBlocks(root, blocks))

for (const problem of problems) console.error(problem)
console.log(
  `docs: ${pages.length} pages, ${translations.length} of them translations, ${blocks.length} code blocks, ${problems.length} problems`,
)
process.exitCode = problems.length === 0 ? 0 : 1

/** The paths of a folder's files, relative to the root. */
function files(folder: string, wanted: (name: string) => boolean): string[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: folder !== '.', encoding: 'utf8' })
    .filter(wanted)
    .map((name) => relative(root, join(path, name)))
    .sort()
}
