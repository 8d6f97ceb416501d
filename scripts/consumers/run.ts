/**
 * One consumer from template to verdict: copied, installed by plain npm, looked into for copies of rxjs, checked by its
 * own `npm run check`, which has to show tests that passed. Its folder is removed at once, since some weigh hundreds of
 * megabytes.
 */
import { copyFileSync, cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from './command'
import { runCommand } from './command'
import { copiesOf } from './copies-of'
import type { Consumer } from './known'
import { lastLines } from './last-lines'
import type { Progress } from './progress'
import { testsOf, unprovenBy } from './tests-of'

interface Run {
  readonly consumer: Consumer
  readonly folder: string
  readonly tarball: string
  readonly progress: Progress
  readonly keep: boolean
}

/** The name under which every template's `package.json` depends on the tarball. */
const tarballName = 'upbit-rx.tgz'

/**
 * From the cache where it can be. No lock file: it would hold the tarball's hash, which each build changes. No install
 * scripts: none of these needs one.
 */
const install = [
  'npm',
  'install',
  '--prefer-offline',
  '--no-package-lock',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
] as const
const check = ['npm', 'run', '--silent', 'check'] as const

export async function runConsumer({ consumer, folder, tarball, progress, keep }: Run): Promise<boolean> {
  const { name, limitSeconds } = consumer
  const cwd = join(folder, name)
  const log = join(folder, `${name}.log`)
  const step = async (what: string, argv: Command['argv']): Promise<string | undefined> => {
    progress.step(what)
    const wrong = await runCommand({ argv, cwd, log, limitSeconds })
    return wrong === undefined ? undefined : `${what}: ${wrong}`
  }

  progress.begin(name)
  cpSync(consumer.folder, cwd, { recursive: true, filter: isTemplate })
  cpSync(consumer.support, join(cwd, 'support'), { recursive: true })
  copyFileSync(tarball, join(cwd, tarballName))
  const startMs = performance.now()
  const notInstalled = await step('install', install)
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  const wrong = notInstalled ?? wrongCopies(cwd) ?? (await step('check', check)) ?? unproven(log)

  const output = readFileSync(log, 'utf8')
  const said = [`installed in ${seconds} s`, `${testsOf(output).passed} tests`, ...notesOf(output)]
  progress.end(wrong === undefined, wrong ?? said.join('; '))
  if (wrong !== undefined) console.log(lastLines(log))
  if (notInstalled !== undefined) console.log('    Is the registry within reach? npm ping')
  if (!keep) rmSync(cwd, { recursive: true, force: true, maxRetries: 5 })
  return wrong === undefined
}

/** What a template's folder may hold because somebody worked in it. */
function isTemplate(path: string): boolean {
  return !/[/\\](node_modules|dist|\.next|support)$/.test(path)
}

/** rxjs is a peer: a second copy would be one that the user's schedulers do not move. */
function wrongCopies(cwd: string): string | undefined {
  const copies = copiesOf('rxjs', join(cwd, 'node_modules'))
  return copies.length === 1 ? undefined : `${copies.length} copies of rxjs: ${copies.join(', ')}`
}

function unproven(log: string): string | undefined {
  const output = readFileSync(log, 'utf8')
  const missing = unprovenBy(testsOf(output), notesOf(output))
  return missing === undefined ? undefined : `check: ${missing}`
}

/** What a check has to say beside its verdict: its lines that begin with `note: `. */
function notesOf(output: string): readonly string[] {
  return [...output.matchAll(/^note: (.*)$/gm)].map(([, note]) => String(note))
}
