/**
 * `npm run consumers`: the packed package in the hands of its users. Each folder of `consumers/` is a small application
 * of one kind; it is copied to a temporary folder, gets the tarball and its own dependencies from npm, and its check has
 * to see events of the package's own exchange come through. Nothing outside this machine is contacted but the registry.
 */
import { join } from 'node:path'
import { readArguments, usage } from './consumers/arguments'
import { knownConsumers } from './consumers/known'
import { runAll } from './consumers/run-all'

const root = join(import.meta.dirname, '..')
const known = knownConsumers(join(root, 'consumers'))
const asked = readArguments(process.argv.slice(2), known)

switch (asked.kind) {
  case 'wrong':
    console.error(`${asked.message}\n\n${usage}`)
    process.exitCode = 2
    break
  case 'help':
    console.log(usage)
    break
  case 'list':
    for (const { name, isQuick, what } of known)
      console.log(`${name.padEnd(12)} ${isQuick ? 'quick' : '     '}  ${what}`)
    break
  case 'run':
    process.exitCode = (await runAll(root, asked)) ? 0 : 1
}
