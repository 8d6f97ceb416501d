/**
 * The entry for browsers, as ES module and as CommonJS: the `browser` condition leads to it, it says the same names as
 * the one for Node, and no file that it reaches imports `ws`, `jsonwebtoken` or a module of Node, was made of what
 * signs, orders or receives for an account, reads a global of Node, or makes code at run time, which a page's security
 * policy refuses. A problem names the file and what is wrong in it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import type { BuildFailure } from 'esbuild'
import { transform } from 'esbuild'
import { bundle } from './bundle'
import type { Way } from './load-entries'
import { loadEntries } from './load-entries'
import { nodeGlobals } from './node-globals'

const files: Readonly<Record<Way, string>> = { import: 'dist/browser.js', require: 'dist/browser.cjs' }
const code: Readonly<Record<Way, string>> = {
  import: "export * from 'upbit-rx'",
  require: "globalThis.upbitRx = require('upbit-rx')",
}
const forbidden = /(^|[/\\])node_modules[/\\](ws|jsonwebtoken)[/\\]/
/** Sources for which a page has no place: they need keys, or the machine. */
const sourcesOfNode =
  /[/\\]src[/\\]((private|rest[/\\]trading|recording|record|simulator|cli)[/\\]|(create-(account|info)-lane|trading-client|auth[/\\]jwt-signer|transport[/\\](ws|discreet)-socket)\.ts$)/
const nodeModules = new Set(builtinModules)
const madeCode = /\bnew Function\b|\bFunction\(|\beval\(|\bimport\(\s*[^"'\s]/

export async function browserEntry(root: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const way of ['import', 'require'] as const) {
    problems.push(...condition(root, way))
    problems.push(...(await reached(root, way)))
  }
  if (problems.length === 0)
    console.log('entry for browsers: loads both ways, nothing of Node, no code from text')
  return problems
}

function condition(root: string, way: Way): readonly string[] {
  const forPage = loadEntries(root, way, ['upbit-rx'], ['browser'])
  const forNode = loadEntries(root, way, ['upbit-rx'])
  if (typeof forPage === 'string') return [`${files[way]}: does not load:\n${forPage}`]
  if (typeof forNode === 'string') return []
  const { file, names } = forPage['upbit-rx'] ?? { file: 'nothing', names: [] }
  if (file !== files[way])
    return [`package.json "exports": the browser condition leads to ${file}, not ${files[way]}`]
  const expected = forNode['upbit-rx']?.names ?? []
  const differing = [
    ...expected.filter((name) => !names.includes(name)),
    ...names.filter((name) => !expected.includes(name)),
  ]
  return differing.length === 0 ? [] : [`${file}: differs from the entry for Node in ${differing.join(', ')}`]
}

/** What a bundler follows from the entry; without tree shaking, since a file is refused for what stands in it. */
async function reached(root: string, way: Way): Promise<readonly string[]> {
  try {
    const { metafile } = await bundle(root, code[way], { treeShaking: false })
    const problems: string[] = []
    for (const [file, { imports }] of Object.entries(metafile.inputs)) {
      for (const { path } of imports)
        if (forbidden.test(path) || nodeModules.has(path.replace(/^node:/, '')))
          problems.push(`${file}: imports ${path.replace(/^.*node_modules\//, '')}, which no page has`)
      if (file === 'user.js') continue
      for (const source of sourcesOf(root, file))
        if (sourcesOfNode.test(source)) problems.push(`${file}: holds ${source}, which is no page's`)
      const text = readFileSync(join(root, file), 'utf8')
      for (const use of await nodeGlobals(text))
        problems.push(`${file}: reads a global of Node, which no page has: ${use}`)
      // Comments may speak of it.
      const { code: bare } = await transform(text, { minifyWhitespace: true })
      const found = madeCode.exec(bare)
      if (found !== null)
        problems.push(`${file}: makes code at run time: ${bare.slice(found.index, found.index + 60)}`)
    }
    return problems
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>
    if (errors.length === 0) throw error
    return errors.map(
      ({ text, location }) => `${location?.file ?? files[way]}:${location?.line ?? 1}: ${text}`,
    )
  }
}

/** What a file of the package was made of, by its map; a bundler's helpers and a file of somebody else's have none. */
function sourcesOf(root: string, file: string): readonly string[] {
  const map = join(root, `${file}.map`)
  if (!file.startsWith('dist/') || !existsSync(map)) return []
  const { sources } = JSON.parse(readFileSync(map, 'utf8')) as {
    readonly sources: readonly string[]
  }
  return sources
}
