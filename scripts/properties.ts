/**
 * `npm run properties`: the properties of the specs under other seeds than the one that `npm test` has, one seed a run,
 * until one fails or all were kept.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const usage = [
  'npm run properties -- [--times N] [--seed N] [PART …]',
  '',
  'Runs every spec with properties, or those whose path has one of the parts in it, under a new seed each time.',
  '',
  '  --times N  how many seeds; default 3',
  '  --seed N   the first of them, the next is one more; default: another one each time',
  '  --help     this',
].join('\n')

const root = join(import.meta.dirname, '..')
process.exitCode = main(process.argv.slice(2))

function main(args: readonly string[]): number {
  const asked = read(args)
  if (typeof asked === 'string') {
    console.error(`${asked}\n\n${usage}`)
    return 2
  }
  if (asked.help) {
    console.log(usage)
    return 0
  }
  const files = propertySpecs().filter(
    (file) => asked.parts.length === 0 || asked.parts.some((part) => file.includes(part)),
  )
  if (files.length === 0) {
    console.error(`no spec with properties has '${asked.parts.join("' or '")}' in its path`)
    return 2
  }
  for (let time = 0; time < asked.times; time++) {
    const seed = asked.seed + time
    console.log(`\nproperties: seed ${seed}, ${time + 1} of ${asked.times}, ${files.length} files`)
    if (!isKept(files, seed)) {
      const parts = asked.parts.map((part) => ` ${part}`).join('')
      console.error(`not kept; again: npm run properties -- --times 1 --seed ${seed}${parts}`)
      return 1
    }
  }
  return 0
}

interface Asked {
  readonly help: boolean
  readonly times: number
  readonly seed: number
  readonly parts: readonly string[]
}

/** What is asked for, or what is wrong with it. */
function read(args: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        times: { type: 'string', default: '3' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      },
    })
    const [times, seed] = [Number(values.times), Number(values.seed)]
    if (!Number.isSafeInteger(times) || times < 1)
      return `--times is a whole number from 1, not '${values.times}'`
    // As fast-check takes it.
    if ((seed | 0) !== seed) return `--seed is a whole number of 32 bits, not '${values.seed}'`
    return { help: values.help, times, seed, parts: positionals }
  } catch (error) {
    return (error as Error).message
  }
}

function propertySpecs(): readonly string[] {
  return readdirSync(join(root, 'spec'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .filter((file) => readFileSync(join(root, 'spec', file), 'utf8').includes('/seeded-fast-check'))
    .map((file) => join('spec', file))
    .sort()
}

function isKept(files: readonly string[], seed: number): boolean {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
  const { status } = spawnSync(
    process.execPath,
    [jest, '--maxWorkers=2', '--silent', '--runTestsByPath', ...files],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PROPERTY_SEED: String(seed) },
    },
  )
  return status === 0
}
