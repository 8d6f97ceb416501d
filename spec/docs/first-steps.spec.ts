/**
 * What a page tells its reader to run by `npx tsx NAME` runs so: as a file of that name, by tsx, in a folder as
 * `npm init` makes it; one without a `type` is the same to Node. Other specs bundle the programs, and would not see that a
 * name or a kind of package refuses them.
 */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'
import { hasPrinted } from './support/output-shape'
import { pages, programsOf, root } from './support/page-blocks'
import { makeFolder } from './support/run-programs'

const limitMs = 20_000
const run = promisify(execFile)
const tsx = createRequire(__filename).resolve('tsx/cli')

/** Of each page that names the file to write to: its first program that ends, and its first one with `await` at the top. */
const programs = pages
  .filter((page) => !page.endsWith('.ko.md'))
  .flatMap((page) => {
    const file = /npx tsx ([\w.-]+)[`\s]/.exec(readFileSync(join(root, page), 'utf8'))?.[1]
    if (file === undefined) return []
    const ended = programsOf(page).filter(({ isEndless }) => !isEndless)
    const awaiting = ended.find(({ code }) => /^(for )?await /m.test(code))
    return [...new Set([...ended.slice(0, 1), awaiting])].flatMap((program) =>
      program === undefined ? [] : [{ ...program, file }],
    )
  })

/** The package as it is installed, from the sources: its own manifest, and the one entry that these programs import. */
async function install(folder: string): Promise<void> {
  const installed = join(folder, 'node_modules', 'upbit-rx')
  mkdirSync(installed, { recursive: true })
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'))
  await build({
    entryPoints: [join(root, 'src', 'index.ts')],
    outfile: join(installed, 'dist', 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
  })
}

describe('in a folder of the reader', () => {
  const folder = makeFolder()
  let exchange: ExchangeServer

  beforeAll(async () => {
    exchange = await startExchange({ seed: 1, limits: false })
    await install(folder)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'commonjs' }))
  })

  afterAll(async () => {
    await exchange.close()
    rmSync(folder, { recursive: true })
  })

  it.each(programs)(
    '$where runs as $file',
    async ({ file, code, expected }) => {
      writeFileSync(join(folder, file), code)
      const { stdout } = await run(process.execPath, [tsx, file], {
        cwd: folder,
        env: { ...process.env, UPBIT_URL: exchange.url, NO_COLOR: '1', FORCE_COLOR: undefined },
        timeout: limitMs,
        killSignal: 'SIGKILL',
      })
      if (expected !== undefined && !hasPrinted(stdout, expected)) expect(stdout).toBe(expected.text)
    },
    limitMs + 5_000,
  )
})

it('there are such pages', () => {
  expect(programs.length).toBeGreaterThan(1)
})
