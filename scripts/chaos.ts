/**
 * `npm run chaos`: an application with many consumers in a storm of faults, and whether every promise was kept, judged by
 * what the exchange did. `docs/proof.md` says what is done and how to do a run again.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { machine, machineLine } from '../bench/harness/machine'
import type { ChaosReport } from './chaos/chaos-report'
import type { FaultKind } from './chaos/fault-kinds'
import { faultKinds } from './chaos/fault-kinds'
import type { PlannedFault } from './chaos/fault-plan'
import { planDigest } from './chaos/fault-plan'
import { runNetns } from './chaos/netns'
import type { ChaosOptions, Part } from './chaos/options'
import { chaosUsage, parseChaosOptions } from './chaos/options'
import { briefText, planTable, reportText, violationText } from './chaos/report'
import { roundsOf, wholePlan } from './chaos/rounds'
import { runReal } from './chaos/run-real'
import { runVirtual, virtualDurationMs } from './chaos/run-virtual'

const root = join(import.meta.dirname, '..')
/** TCP repeats in the wall's time, so this part has less of it at once. */
const netnsSeconds = 60
const netnsSpeed = 3
/** Mean of the market's events a second, of the world's time. */
const perSecond = 20

/** When progress was last written, where that is no terminal. */
let told = 0

let options: ChaosOptions
try {
  options = parseChaosOptions(process.argv.slice(2), Date.now())
} catch (error) {
  console.error(`${(error as Error).message}\n\n${chaosUsage}`)
  process.exit(2)
}
if (options.help) console.log(chaosUsage)
else await main(options)

async function main({ seed, parts, faults, json, brief, ...rest }: ChaosOptions): Promise<void> {
  const facts = machine(root)
  console.log(machineLine(facts))
  console.log(`chaos: seed ${seed}`)
  const results: object[] = []
  let broken = 0
  for (const part of parts) {
    if (part === 'netns') {
      const { text, failures } = await runNetns({
        seed,
        faults: faults(part),
        seconds: netnsSeconds,
        speed: netnsSpeed,
      })
      console.log(`\nnetns: ${text}`)
      broken += failures
      continue
    }
    const { plan, report, again, seconds } = await runPart(part, { seed, faults, brief, ...rest })
    const head = `${part}: ${plan.length} faults, plan ${planDigest(plan)}, ${seconds.toFixed(1)} s`
    if (brief && report.violationCount === 0) console.log(`${head}: ${briefText(report)}`)
    else tellWhole(part, head, plan, report)
    if (report.violationCount > 0) {
      console.log(`\n${violationText(report, again)}`)
    }
    broken += report.violationCount
    results.push({ part, seconds, planDigest: planDigest(plan), plan, report })
  }
  console.log(`\nchaos: ${broken === 0 ? 'every promise kept' : `${broken} violations`}, seed ${seed}`)
  if (json !== undefined) {
    mkdirSync(dirname(json), { recursive: true })
    const written = { measuredAt: new Date().toISOString(), machine: facts, seed, results }
    writeFileSync(json, `${JSON.stringify(written, null, 2)}\n`)
  }
  if (broken > 0) process.exitCode = 1
}

function tellWhole(part: Part, head: string, plan: readonly PlannedFault[], report: ChaosReport): void {
  console.log(`\n${head}\n\n${planTable(plan)}\n\n${reportText(report)}`)
  console.log(
    part === 'virtual'
      ? `\n  everything that was delivered, in order: ${report.digest}; the same seed gives it again`
      : '\n  the plan is the seed’s; over real sockets the moment of each byte is not',
  )
}

interface PartResult {
  readonly plan: readonly PlannedFault[]
  readonly report: ChaosReport
  readonly again: string
  readonly seconds: number
}

type PartOptions = Pick<ChaosOptions, 'seed' | 'faults' | 'seconds' | 'speed' | 'only' | 'brief'>

async function runPart(
  part: Exclude<Part, 'netns'>,
  { seed, faults, seconds, speed, only, brief }: PartOptions,
): Promise<PartResult> {
  const count = faults(part)
  const isVirtual = part === 'virtual'
  const durationMs = isVirtual ? virtualDurationMs(count) : seconds * speed * 1000
  const rounds = roundsOf({ seed, faults: count, durationMs, kinds: kindsOf(part, only) })
  const plan = wholePlan(rounds)
  const progress = (done: number): void => {
    if (!brief) tell(`${part}: ${done} of ${plan.length} faults`)
  }
  const startMs = performance.now()
  const chaos = { seed, rounds, perSecond, progress }
  const report = isVirtual ? await runVirtual(chaos) : await runReal({ ...chaos, speed })
  clear()
  const chosen = only.map((name) => ` --only ${name}`).join('')
  const length = isVirtual ? '' : ` --seconds ${seconds} --speed ${speed}`
  const again = `npm run chaos -- --part ${part} --seed ${seed} --faults ${count}${length}${chosen}`
  return { plan, report, again, seconds: (performance.now() - startMs) / 1000 }
}

/** In memory there is no network, and no loop that anybody could hold up. */
function kindsOf(part: Part, only: readonly string[]): readonly FaultKind[] {
  const kinds = faultKinds.filter(
    ({ name, where }) =>
      (only.length === 0 || only.includes(name)) &&
      where !== 'link' &&
      (part !== 'virtual' || (where !== 'network' && name !== 'blocked-loop')),
  )
  if (kinds.length > 0) return kinds
  console.error(`${part} has none of these faults: ${only.join(', ')}`)
  process.exit(2)
}

function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else if (performance.now() - told > 15_000) {
    told = performance.now()
    process.stderr.write(`${text}\n`)
  }
}

function clear(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}
