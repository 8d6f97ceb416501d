/**
 * A chaos in virtual time: the exchange in memory, thousands of faults in seconds, and the same to the bit for the same
 * seed. What a network does is not here; what an exchange does is.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { Upbit } from '../../src/index'
import { createUpbit } from '../../src/index'
import { createVirtualExchange } from '../../src/testing'
import type { ChaosReport } from './chaos-report'
import { ChaosRun } from './chaos-run'
import type { PlannedFault } from './fault-plan'
import { overAtMs } from './inflict'
import { switchesOf } from './switches'
import { VirtualClock } from './virtual-clock'

export interface VirtualChaos {
  readonly seed: number
  readonly plan: readonly PlannedFault[]
  readonly durationMs: number
  readonly perSecond: number
  readonly progress: (done: number) => void
  /** The client that the cast gets: for a spec that plants a fault in it. */
  readonly client?: (upbit: Upbit) => Upbit
}

/** Between two turns in which promises settle. */
const sliceMs = 250
/** Backoff, a block and a hung dial in a row. */
const recoveryMs = 240_000
const drainMs = 120_000

/** So that there is calm between the spells of a plan of any size. */
const perFaultMs = 4000

export function virtualDurationMs(faults: number): number {
  return faults * perFaultMs
}

let runs = 0

export async function runVirtual(chaos: VirtualChaos): Promise<ChaosReport> {
  const { seed, plan, durationMs, perSecond, progress, client = (own) => own } = chaos
  const clock = new VirtualClock()
  const exchange = createVirtualExchange(clock.scheduler, { seed, switches: switchesOf(seed) })
  // A host of its own, so that no dial of another run counts here.
  const url = `ws://chaos-${++runs}.invalid`
  const upbit = createUpbit({ ...exchange.options, url, logger: false })
  const world = { exchange, environment: exchange.options.environment, upbit: client(upbit), slackMs: 0 }
  const run = new ChaosRun(world, { seed, plan, perSecond, isSynchronous: true }, { block: () => {} })
  const pass = async (ms: number, until: () => boolean = () => false): Promise<void> => {
    for (let left = ms; left > 0 && !until(); left -= sliceMs) {
      clock.pass(Math.min(sliceMs, left))
      await turn()
      progress(run.done)
    }
  }

  run.begin()
  await pass(Math.max(durationMs, overAtMs(plan) + 500))
  run.heal()
  await pass(recoveryMs, () => run.isWell)
  if (!run.isWell)
    run.violations.add(
      'C4',
      `${run.silent.join(', ')}: nothing came within ${recoveryMs / 1000} s after the last fault`,
    )
  await pass(15_000)
  run.close()
  await pass(drainMs, () => run.isQuiet)
  const report = run.end()
  const shutdown = upbit.shutdown()
  await pass(10_000)
  await shutdown
  await pass(10_000)
  await exchange.close()
  // Timers of the faults themselves are long over; whatever is left is the library's.
  if (clock.waiting > 0) run.violations.add('C1.6', `${clock.waiting} timers are left after the shutdown`)
  return { ...report, violations: run.violations.found, violationCount: run.violations.count }
}
