/**
 * The programs of the pages as processes of plain Node. All are built in one go together with the library, which takes
 * less time than to compile each as it starts, but is not what a reader does: that is `first-steps.spec.ts`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { hasPrinted } from './output-shape'
import type { PageProgram } from './page-blocks'
import { root } from './page-blocks'

/** Inside the project, so that the programs find its packages; the caller removes it. */
export function makeFolder(): string {
  mkdirSync(join(root, 'temp'), { recursive: true })
  return mkdtempSync(join(root, 'temp', 'pages-'))
}

/** The file of each program, in their order. */
export async function buildPrograms(folder: string, programs: readonly PageProgram[]): Promise<string[]> {
  const names = programs.map((_, index) => `${index}/program`)
  programs.forEach(({ code, modules }, index) => {
    mkdirSync(join(folder, String(index)))
    for (const [name, text] of [...modules, ['program.ts', code]] as const)
      writeFileSync(join(folder, String(index), name), text)
  })
  await build({
    entryPoints: names.map((name) => join(folder, `${name}.ts`)),
    outdir: folder,
    outbase: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: Object.fromEntries(
      ['index', 'opentelemetry', 'operators', 'record', 'testing'].map((entry) => [
        entry === 'index' ? 'upbit-rx' : `upbit-rx/${entry}`,
        join(root, 'src', `${entry}.ts`),
      ]),
    ),
    logLevel: 'silent',
  })
  return names.map((name) => join(folder, `${name}.mjs`))
}

/** What a program did: its exit code, `null` for one that was ended here, and all that it printed. */
export interface Run {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** How a program is started, beside its url. */
export interface Started {
  readonly options?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

export async function runProgram(
  file: string,
  program: PageProgram,
  url: string,
  limitMs: number,
  { options = [], env = {} }: Started = {},
): Promise<Run> {
  const child = spawn(process.execPath, ['--expose-gc', file, ...options], {
    cwd: root,
    env: { ...process.env, UPBIT_URL: url, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  const end = (): void => void child.kill('SIGKILL')
  const limit = setTimeout(end, limitMs)
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (program.isEndless && program.expected !== undefined && hasPrinted(output, program.expected)) end()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(limit)
  return { code, output, errors }
}
