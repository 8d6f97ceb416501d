/**
 * `npm run verify`: every check but the tests, in sequence, each with its time; all are run, so that one round shows
 * all there is to mend. Names given as arguments run those alone, in this order.
 */
import { spawnSync } from 'node:child_process'

/** In the order of what they need: those from `check:package` on read `dist/`, which `build` writes. */
const steps = [
  'format:check',
  'typecheck',
  'lint',
  'check:rules',
  'check:deps',
  'check:unused',
  'build',
  'check:package',
  'check:types',
  'check:api',
  'check:docs',
  'check:planning',
  'docs:build',
]
const needBuild = new Set(['check:package', 'check:types', 'check:api'])

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !steps.includes(name))
if (unknown.length > 0) {
  console.error(`no such check: ${unknown.join(', ')}; there are ${steps.join(', ')}`)
  process.exit(2)
}

const results: {
  readonly name: string
  readonly outcome: 'ok' | 'failed' | 'not run'
  readonly seconds: string
}[] = []
let built = true
for (const name of steps) {
  if (asked.length > 0 && !asked.includes(name)) continue
  if (!built && needBuild.has(name)) {
    results.push({ name, outcome: 'not run', seconds: '' })
    continue
  }
  console.log(`\n── ${name}`)
  const startMs = performance.now()
  const { status } = spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit' })
  const outcome = status === 0 ? 'ok' : 'failed'
  if (name === 'build' && outcome === 'failed') built = false
  results.push({ name, outcome, seconds: `${((performance.now() - startMs) / 1000).toFixed(1)} s` })
}

console.log('\n── summary')
for (const { name, outcome, seconds } of results)
  console.log(
    `${outcome === 'ok' ? '✔' : '✘'} ${name.padEnd(14)} ${outcome.padEnd(8)} ${seconds.padStart(7)}`,
  )
const bad = results.filter(({ outcome }) => outcome !== 'ok')
console.log(
  bad.length === 0 ? 'verify: all checks passed' : `verify: ${bad.map(({ name }) => name).join(', ')} failed`,
)
process.exitCode = bad.length === 0 ? 0 : 1
