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
import { credentials, otherKey, ownKey } from './account/keys'
import { playRounds } from './play-rounds'
import type { Round } from './rounds'
import { switchesOf } from './switches'
import { VirtualClock } from './virtual-clock'

export interface VirtualChaos {
  readonly seed: number
  readonly rounds: readonly Round[]
  readonly perSecond: number
  readonly progress: (done: number) => void
  /** How long the account may take after the last fault of a round, where a spec cannot wait. */
  readonly settleMs?: number
  /** The client that the cast gets: for a spec that plants a fault in it. */
  readonly client?: (upbit: Upbit) => Upbit
}

/** Between two turns in which promises settle. */
const sliceMs = 250
const drainMs = 120_000

/** So that there is calm between the spells of a plan of any size. */
const perFaultMs = 4000

export function virtualDurationMs(faults: number): number {
  return faults * perFaultMs
}

let runs = 0

export async function runVirtual(chaos: VirtualChaos): Promise<ChaosReport> {
  const { seed, rounds, perSecond, progress, client = (own) => own } = chaos
  const clock = new VirtualClock()
  const exchange = createVirtualExchange(clock.scheduler, {
    seed,
    accounts: [ownKey, otherKey],
    switches: switchesOf(seed),
  })
  // A host of its own, so that no dial of another run counts here.
  const url = `ws://chaos-${++runs}.invalid`
  const upbit = createUpbit({ ...exchange.options, url, credentials, trading: true, logger: false })
  const world = { exchange, environment: exchange.options.environment, upbit: client(upbit), slackMs: 0 }
  const run = new ChaosRun(world, { seed, perSecond, isSynchronous: true }, { block: () => {} })
  const pass = async (ms: number, until: () => boolean = () => false): Promise<void> => {
    for (let left = ms; left > 0 && !until(); left -= sliceMs) {
      clock.pass(Math.min(sliceMs, left))
      await turn()
      progress(run.done)
    }
  }

  await playRounds(run, rounds, pass, chaos.settleMs)
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
