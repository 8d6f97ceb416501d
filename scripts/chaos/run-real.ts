/**
 * A chaos over real sockets: client, fault proxy and exchange on loopback, in a time that runs faster than the clock on
 * the wall. The plan is the seed's; when which byte arrives is the machine's, so a run is like another, not the same.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../src/base/seeded-random'
import { createUpbit } from '../../src/index'
import { startExchange } from '../../src/testing'
import type { ChaosReport } from './chaos-report'
import { ChaosRun } from './chaos-run'
import { fastTime } from './fast-time'
import { FaultProxy } from './fault-proxy'
import type { Leftovers } from './leftovers'
import { leftovers, settled } from './leftovers'
import { credentials, otherKey, ownKey } from './account/keys'
import type { Link } from './link'
import { playRounds } from './play-rounds'
import type { Round } from './rounds'
import { switchesOf } from './switches'

export interface RealChaos {
  readonly seed: number
  readonly rounds: readonly Round[]
  readonly perSecond: number
  /** How many times as fast as the clock on the wall. */
  readonly speed: number
  /** Of the network namespace that this process is in. */
  readonly link?: Link
  readonly progress: (done: number) => void
}

export interface RealReport extends ChaosReport {
  readonly before: Leftovers
  readonly after: Leftovers
}

const sliceMs = 100
const drainMs = 60_000
/** Delays that the plan may draw, a narrow link's queue, and turns of a busy machine, ms of the world's time. */
const slackMs = 8000
/** A link that was down keeps what it was given until TCP tries again. */
const slackOfLinkMs = 120_000
/** What the engine keeps for itself. */
const heapSlackBytes = 4 * 1024 * 1024
const warmMs = 3000

export async function runReal(chaos: RealChaos): Promise<RealReport> {
  // A small one first: code is compiled and caches are filled once, and neither is left behind by a run.
  // Without faults of a link, of which some are over only when TCP tries again.
  const plan = chaos.link === undefined ? firstOf(chaos.rounds) : []
  await playSockets({ ...chaos, rounds: [{ side: 'both', durationMs: warmMs * chaos.speed, plan }] })
  const before = await settled()
  const report = await playSockets(chaos)
  // Nothing of the run is held any more but its report.
  const after = await settled()
  const violations = [...report.violations]
  const add = (promise: string, what: string): void => void violations.push({ promise, what, atMs: Infinity })
  for (const handle of leftovers(before, after)) add('C1.6', `${handle} is left after the shutdown`)
  const grownBytes = after.heapBytes - before.heapBytes
  if (grownBytes > heapSlackBytes) add('heap', `${Math.round(grownBytes / 1024)} kB more than before`)
  return {
    ...report,
    violations,
    violationCount: report.violationCount + violations.length - report.violations.length,
    before,
    after,
  }
}

/** A fault of each kind of the plan, close together. */
function firstOf(rounds: readonly Round[]): Round['plan'] {
  const kinds = new Map(rounds.flatMap(({ plan }) => plan).map((fault) => [fault.kind, fault]))
  return [...kinds.values()]
    .map((fault, index) => ({ ...fault, atMs: 200 * index }))
    .sort((one, other) => one.atMs - other.atMs)
}

export async function playSockets({
  seed,
  rounds,
  perSecond,
  speed,
  link,
  progress,
}: RealChaos): Promise<ChaosReport> {
  const environment = fastTime(speed, seed)
  const exchange = await startExchange({
    seed,
    market: false,
    environment,
    accounts: [ownKey, otherKey],
    switches: switchesOf(seed),
  })
  const proxy = await FaultProxy.start(exchange.url, environment, seededRandom(`${seed}/network`))
  const upbit = createUpbit({
    url: proxy.url,
    isolated: true,
    environment,
    credentials,
    trading: true,
    logger: false,
  })
  const world = { exchange, environment, upbit, slackMs: link === undefined ? slackMs : slackOfLinkMs }
  const run = new ChaosRun(
    world,
    { seed, perSecond, isSynchronous: false },
    { proxy, block: blockFor(speed), ...(link === undefined ? {} : { link }) },
  )
  const pass = async (ms: number, until: () => boolean = () => false): Promise<void> => {
    const endMs = environment.now() + ms
    while (environment.now() < endMs && !until()) {
      await wait(sliceMs / speed)
      progress(run.done)
    }
  }

  await playRounds(run, rounds, pass)
  run.close()
  await pass(drainMs, () => run.isQuiet)
  await pass(2000)
  const report = run.end()
  // Until the handlers' work in hand is done, which is the run's own.
  await pass(2000)
  await upbit.shutdown()
  await proxy.stop()
  await exchange.close()
  return { ...report, violations: run.violations.found, violationCount: run.violations.count }
}

/** Nobody else runs meanwhile, as under a handler that computes. */
function blockFor(speed: number): (forMs: number) => void {
  return (forMs) => {
    const end = performance.now() + forMs / speed
    while (performance.now() < end);
  }
}
