/**
 * Runs one of `examples/` by the start of its name: `npm run example -- 01`. On an exchange of its own, unless `--live`
 * asks for the real one; the examples themselves are what a user would write, and do not know, save that of an account.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startExchange } from '../src/testing'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'examples')
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
const [wanted] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
const name = wanted === undefined ? undefined : names.find((candidate) => candidate.startsWith(wanted))

async function run(file: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...options], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

if (name === undefined) {
  console.error(`npm run example -- NUMBER [--live]\n\n${names.map((known) => `  ${known}`).join('\n')}`)
  process.exitCode = wanted === undefined ? 0 : 2
} else if (process.argv.includes('--live')) {
  process.exitCode = await run(join(folder, name), {})
} else {
  await using exchange = await startExchange({ seed: 1 })
  process.exitCode = await run(join(folder, name), { UPBIT_URL: exchange.url })
}
