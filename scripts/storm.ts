/**
 * `npm run storm`: how often this client and others dial a server that lets nobody stay. The server counts, so nobody's
 * own figures are believed; the bars are those of C11.2.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { endChildren } from '../bench/harness/child'
import { machine, machineLine } from '../bench/harness/machine'
import { installPeers } from '../bench/harness/peers'
import { createProgress } from '../bench/harness/progress'
import type { StormClient } from './storm/clients'
import { stormClients } from './storm/clients'
import type { StormOptions } from './storm/options'
import { parseStormOptions, stormUsage } from './storm/options'
import { stormReport } from './storm/report'
import { treatments } from './storm/storm-server'
import { runTrial } from './storm/trial'
import type { Outcome } from './storm/verdicts'
import { missedBars } from './storm/verdicts'

const root = join(import.meta.dirname, '..')
const names = stormClients.map(({ name }) => name)

let options: StormOptions
try {
  options = parseStormOptions(process.argv.slice(2), names)
} catch (error) {
  console.error(`${(error as Error).message}\n\n${stormUsage(names)}`)
  process.exit(2)
}
if (options.help) console.log(stormUsage(names))
else await main(options)

async function main({ seconds, only, peers, json }: StormOptions): Promise<void> {
  process.once('exit', endChildren)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const facts = machine(root)
  console.log(machineLine(facts))
  const progress = createProgress()
  const chosen = stormClients.filter(
    ({ name, peer }) => (peers || !peer) && (only.length === 0 || only.includes(name)),
  )
  if (chosen.some(({ peer }) => peer)) progress.round('installing the peers')
  const missing = chosen.some(({ peer }) => peer) ? await installPeers(join(root, 'bench')) : undefined
  const outcomes: Outcome[] = []
  for (const client of chosen) {
    progress.round(`${client.name}: ${treatments.length} servers at once, ${seconds} s`)
    outcomes.push(await outcomeOf(client, seconds, missing))
  }
  progress.done()
  console.log(`\n${stormReport(outcomes, seconds)}`)
  const missed = outcomes.flatMap(missedBars)
  for (const bar of missed) console.log(`✘ ${bar}`)
  console.log(`storm: ${missed.length === 0 ? 'all bars kept' : `${missed.length} bars missed`}`)
  if (json !== undefined) {
    mkdirSync(dirname(json), { recursive: true })
    const report = { measuredAt: new Date().toISOString(), machine: facts, seconds, outcomes, missed }
    writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
  }
  if (missed.length > 0) process.exitCode = 1
}

async function outcomeOf(
  client: StormClient,
  seconds: number,
  missing: string | undefined,
): Promise<Outcome> {
  if (client.peer && missing !== undefined) return { client, trials: [], missing }
  const build = pathToFileURL(join(root, 'src/index.ts')).href
  const trials = await Promise.all(
    treatments.map((treatment) => runTrial({ client, treatment, seconds, build })),
  )
  return { client, trials, missing: undefined }
}
