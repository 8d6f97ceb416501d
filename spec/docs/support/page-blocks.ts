/**
 * What the pages promise to run, by the words behind `ts` on a fence:
 *
 * - `ts run`: a program. It ends by itself with exit code 0, and prints what the next block says.
 * - `ts run endless`: a program that goes on; it is ended when it has printed that.
 * - `ts spec`: jest tests.
 * - `ts file=NAME.ts`: a module that these import as `./NAME`.
 *
 * The block that says what is printed is `text prints`, line for line, or `text like`, where a number stands for any
 * number and a line `…` for any lines. Where a reader has no need of it, it stands inside an HTML comment.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fence } from '../../../scripts/markdown-fences'
import { fences, fileNameOf } from '../../../scripts/markdown-fences'

export const root = join(__dirname, '..', '..', '..')

export interface PageBlock {
  /** `docs/guides/testing.md:12`. */
  readonly where: string
  readonly code: string
  /** The modules of its page, by file name. */
  readonly modules: ReadonlyMap<string, string>
}

export interface PageProgram extends PageBlock {
  readonly isEndless: boolean
  readonly expected: { readonly exact: boolean; readonly text: string } | undefined
}

export const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].sort()

export function programsOf(page: string): PageProgram[] {
  const found = fencesOf(page)
  return found.flatMap((fence, index) => {
    if (!isProgram(fence)) return []
    const { line, tags, code } = fence
    const next = found[index + 1]
    return {
      where: `${page}:${line}`,
      code,
      modules: modulesOf(found),
      isEndless: tags.includes('endless'),
      expected: isOutput(next) ? { exact: next.tags[0] === 'prints', text: next.code } : undefined,
    }
  })
}

export function specsOf(page: string): PageBlock[] {
  return blocksOf(page, (tags) => tags.includes('spec'))
}

/** The TypeScript of a page, whatever its fences say. */
export function blocksOf(page: string, isWanted = (_tags: readonly string[]): boolean => true): PageBlock[] {
  const found = fencesOf(page)
  return found
    .filter(({ language, tags }) => language === 'ts' && isWanted(tags))
    .map(({ line, code }) => ({ where: `${page}:${line}`, code, modules: modulesOf(found) }))
}

/** Words on fences that mean nothing here, and outputs that follow no program: what they promise is not checked. */
export function misspelt(page: string): string[] {
  const found = fencesOf(page)
  return found
    .filter(({ language, tags }, index) => {
      if (language === 'text')
        return tags.length > 0 && !(isOutput(found[index]) && isProgram(found[index - 1]))
      return (
        ['ts', 'tsx'].includes(language) &&
        !tags.every((tag) => /^(no-check|run|endless|spec|file=.+)$/.test(tag))
      )
    })
    .map(({ line, language, tags }) => `${page}:${line} ${language} ${tags.join(' ')}`)
}

function isProgram(fence: Fence | undefined): boolean {
  return fence?.language === 'ts' && fence.tags.includes('run')
}

function isOutput(fence: Fence | undefined): fence is Fence {
  return fence?.language === 'text' && ['prints', 'like'].includes(fence.tags[0] ?? '')
}

function modulesOf(found: readonly Fence[]): ReadonlyMap<string, string> {
  return new Map(
    found.flatMap(({ tags, code }) => {
      const name = fileNameOf(tags)
      return name === undefined ? [] : [[name, code] as const]
    }),
  )
}

function fencesOf(page: string): Fence[] {
  return fences(readFileSync(join(root, page), 'utf8').split('\n'))
}
