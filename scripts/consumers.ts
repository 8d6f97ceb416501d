/**
 * `npm run consumers`: the packed package in the hands of its users. Each folder of `consumers/` is a small application
 * of one kind; it is copied to a temporary folder, gets the tarball and its own dependencies from npm, and its check has
 * to see events of the package's own exchange come through. Nothing outside this machine is contacted but the registry.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments, usage } from './consumers/arguments'
import { endAll } from './consumers/command'
import { knownConsumers } from './consumers/known'
import { packPackage } from './consumers/pack'
import { Progress } from './consumers/progress'
import { runConsumer } from './consumers/run'

const root = join(import.meta.dirname, '..')
const known = knownConsumers(join(root, 'consumers'))
const asked = readArguments(process.argv.slice(2), known)

if (asked.kind === 'wrong') {
  console.error(`${asked.message}\n\n${usage}`)
  process.exitCode = 2
} else if (asked.kind === 'help') {
  console.log(usage)
} else if (asked.kind === 'list') {
  for (const { name, isQuick, what } of known)
    console.log(`${name.padEnd(14)} ${isQuick ? 'quick' : '     '}  ${what}`)
} else {
  const home = mkdtempSync(join(tmpdir(), 'upbit-rx-consumers-'))
  const clear = (): void => {
    endAll()
    if (asked.keep) console.log(`kept: ${home}`)
    else rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.once(signal, () => {
      clear()
      process.exit(code)
    })
  try {
    process.exitCode = (await runAll(home)) ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    clear()
  }

  async function runAll(folder: string): Promise<boolean> {
    if (asked.kind !== 'run') return true
    const progress = new Progress()
    const tarball = await packPackage(root, folder, asked.build, progress)
    const failed: string[] = []
    for (const consumer of asked.consumers)
      if (!(await runConsumer({ consumer, folder, tarball, progress, keep: asked.keep })))
        failed.push(consumer.name)
    const total = `${asked.consumers.length} consumers in ${progress.totalSeconds()} s`
    if (failed.length === 0) console.log(`${total}: all as they should be`)
    else {
      console.log(`${total}: ${failed.join(', ')} failed`)
      if (!asked.keep) console.log(`To look into one: npm run consumers -- ${String(failed[0])} --keep`)
    }
    return failed.length === 0
  }
}
