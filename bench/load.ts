/**
 * `npm run load`: whether upbit-rx keeps its promises under a load that a whole exchange makes, on this machine.
 * `docs/benchmarks.md` says what is asked and how it is judged.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { leaveNothing } from './harness/leave-nothing'
import { machine, machineLine } from './harness/machine'
import { createProgress } from './harness/progress'
import { createWorkspace } from './harness/workspace'
import type { LoadOptions } from './load/options'
import { loadUsage, parseLoadOptions } from './load/options'
import { reportOf } from './load/report'
import { runScenario } from './load/run-scenario'
import { scenarios, turnMs } from './load/scenarios'
import { failed, fullSeconds, verdictsOf } from './load/verdicts'

const root = fileURLToPath(new URL('..', import.meta.url))

async function main({ seconds, only, json }: LoadOptions): Promise<void> {
  const facts = machine(root)
  console.log(machineLine(facts))
  const progress = createProgress()
  progress.round('building the package')
  const workspace = await createWorkspace(root)
  leaveNothing(workspace)

  const results: object[] = []
  const missed: string[] = []
  let looks = 0
  for (const scenario of scenarios) {
    const { name, perSecond, consumers, bars } = scenario
    if (only.length > 0 && !only.includes(name)) continue
    progress.round(`${name}: ${seconds} s after the warm-up`)
    const load = await runScenario(scenario, seconds, workspace)
    progress.done()
    const verdicts = verdictsOf({ perSecond, turnMs, consumers, bars }, load)
    console.log(`\n${reportOf(scenario, load, verdicts)}`)
    results.push({ name, ...load, verdicts })
    if (failed(verdicts)) missed.push(name)
    looks += verdicts.filter(({ kept, weight }) => !kept && weight === 'look').length
  }
  const short = looks === 1 ? '1 bar is' : `${looks} bars are`
  const kept = looks === 0 ? 'all kept' : `nothing lost, all accounts exact; ${short} for ${fullSeconds} s`
  console.log(`\nload: ${missed.length === 0 ? kept : `missed in ${missed.join(', ')}`}`)
  if (json !== undefined) {
    mkdirSync(dirname(json), { recursive: true })
    const report = { measuredAt: new Date().toISOString(), machine: facts, scenarios: results }
    writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
  }
  if (missed.length > 0) process.exitCode = 1
}

let options: LoadOptions
try {
  options = parseLoadOptions(process.argv.slice(2), scenarios)
} catch (error) {
  console.error(`${(error as Error).message}\n\n${loadUsage(scenarios)}`)
  process.exit(2)
}
if (options.help) console.log(loadUsage(scenarios))
else await main(options)
