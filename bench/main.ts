/**
 * `npm run bench`: what upbit-rx costs, beside what others cost, measured in one run on this machine.
 * `docs/benchmarks.md` says how and how to read it.
 */
import { fileURLToPath } from 'node:url'
import { guardRun, recordRun } from './guard/guard'
import { guarded } from './guard/guarded'
import { readRecord, writeRecord } from './guard/record'
import type { Bench } from './harness/bench'
import { writeJsonReport } from './harness/json-report'
import { leaveNothing } from './harness/leave-nothing'
import { machine, machineLine } from './harness/machine'
import { installPeers } from './harness/peers'
import { createProgress } from './harness/progress'
import type { Measured } from './harness/rounds'
import { Server } from './harness/server'
import { createWorkspace } from './harness/workspace'
import type { Options } from './options'
import { parseOptions, usage } from './options'
import { backfillRow } from './rows/backfill'
import { commandsRow } from './rows/commands'
import { fanOutRow } from './rows/fan-out'
import { heapRow } from './rows/heap'
import { pacedRow } from './rows/paced'
import { readPathRow } from './rows/read-path'
import { reconnectRow } from './rows/reconnect'
import { socketRow } from './rows/socket'

const rows = [socketRow, pacedRow, fanOutRow, commandsRow, heapRow, readPathRow, reconnectRow, backfillRow]
const names = rows.map(({ name }) => name)
const benchDirectory = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))
const recordFile = fileURLToPath(new URL('recorded.json', import.meta.url))

async function main(options: Options): Promise<void> {
  const startMs = performance.now()
  const facts = { quick: options.quick, rounds: options.rounds, machine: machine(root) }
  console.log(machineLine(facts.machine))
  console.log(
    options.quick
      ? `QUICK: ${options.rounds} rounds, few messages. A look, no figure to quote.`
      : `Medians of ${options.rounds} paired rounds, least–most beside them.`,
  )

  const progress = createProgress()
  const chosen = rows.filter(({ name }) => options.only.length === 0 || options.only.includes(name))
  const withPeers = options.peers && chosen.some((row) => row.withPeers === true)
  progress.round(`${withPeers ? 'installing the peers, ' : ''}building the package, making the frames`)
  const peersMissing = withPeers ? await installPeers(benchDirectory) : undefined
  const workspace = await createWorkspace(root)
  leaveNothing(workspace)
  const server = await Server.start(workspace.frameDirectory)

  const bench: Bench = { ...options, workspace, server, peersMissing, progress }
  const measured: Record<string, Measured> = {}
  for (const row of chosen) {
    const report = await row.measure(bench)
    measured[row.name] = report.measured
    console.log(`\n${report.text}`)
  }
  if (options.record) {
    const names = guarded.map(({ name }) => name)
    writeRecord(recordFile, facts, await recordRun(bench, chosen), names)
    console.log('\nguard: recorded in bench/recorded.json')
  } else if (options.quick) {
    const guard = await guardRun(bench, chosen, measured, readRecord(recordFile))
    console.log(`\n${guard.text}`)
    if (guard.failed) process.exitCode = 1
  }
  server.stop()
  console.log(`\nmeasured in ${((performance.now() - startMs) / 1000).toFixed(0)} s`)
  if (options.json !== undefined) writeJsonReport(options.json, facts, measured)

  // A peer may be missing; a figure of ours may not.
  const series = Object.values(measured).flatMap((ofRow) => [...ofRow.values()])
  if (series.some(({ peer, failure }) => !peer && failure !== undefined)) process.exitCode = 1
}

let options: Options
try {
  options = parseOptions(process.argv.slice(2), names)
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage(names)}`)
  process.exit(2)
}
if (options.help) console.log(usage(names))
else await main(options)
