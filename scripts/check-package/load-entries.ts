/**
 * Loads entries in a plain Node, in a process of its own, through the package's name and its `exports`, as a user's code
 * does it: which file each came from and what it exports. Fails where a name that two entries share is not one value.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export interface Loaded {
  /** Relative to the package. */
  readonly file: string
  /** Sorted, without `default`. */
  readonly names: readonly string[]
}

export type Way = 'import' | 'require'

/** Around the result, so that what an entry prints is told from it. */
const mark = '=== loaded ==='

const loaders: Readonly<Record<Way, string>> = {
  import: `
    const load = (name) => import(name)
    const fileOf = (name) => new URL(import.meta.resolve(name)).pathname`,
  require: `
    const require = createRequire(ROOT)
    const load = async (name) => require(name)
    const fileOf = (name) => require.resolve(name)`,
}

/**
 * As a text, what the process said when it failed, or although it should say nothing. `conditions` are those of `exports`
 * beside Node's own.
 */
export function loadEntries(
  root: string,
  way: Way,
  entries: readonly string[],
  conditions: readonly string[] = [],
): Readonly<Record<string, Loaded>> | string {
  const script = `
    import { createRequire } from 'node:module'
    import { relative } from 'node:path'
    const ROOT = ${JSON.stringify(join(root, 'package.json'))}
    ${loaders[way]}
    const seen = new Map()
    const result = {}
    for (const entry of ${JSON.stringify(entries)}) {
      const module = await load(entry)
      const names = Object.keys(module).filter((name) => name !== 'default').sort()
      for (const name of names) {
        if (seen.has(name) && seen.get(name) !== module[name]) throw new Error(name + ' exists twice, again in ' + entry)
        seen.set(name, module[name])
      }
      result[entry] = { file: relative(${JSON.stringify(root)}, fileOf(entry)), names }
    }
    process.stdout.write('${mark}' + JSON.stringify(result) + '${mark}')`
  // No `process.exit`: an import that starts something keeps the process until the limit.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--no-warnings',
      ...conditions.map((name) => `--conditions=${name}`),
      '--input-type=module',
      '--eval',
      script,
    ],
    { cwd: root, encoding: 'utf8', timeout: 20_000 },
  )
  if (status !== 0) return stderr || 'it did not end'
  const [before = '', result, after = ''] = stdout.split(mark)
  if (result === undefined) return `it ended the process:\n${before}`
  const printed = `${before}${after}${stderr}`
  return printed === '' ? (JSON.parse(result) as Record<string, Loaded>) : `it prints:\n${printed}`
}
