/**
 * What is asked of a load, and whether it was kept. Correctness is asked of every run: nothing lost, accounts exact.
 * Bars of time and memory are asked of a run of full length only; of a shorter one they are a look.
 */
import type { Bars, Scenario } from './scenarios'
import type { ClientSide, Counts, MeasuredLoad } from './measured-load'
import { cpuPercent, decodedPercent, heapBytesPerMinute, receivedPerSecond } from './measured-load'

export interface Verdict {
  readonly asked: string
  readonly found: string
  readonly kept: boolean
  /** `look`: a bar of time that this run was too short for. */
  readonly weight: 'counts' | 'look'
}

export const fullSeconds = 60

/** Of the asked rate; the rest is the last turn of either side. */
const rateShare = 0.99
const drainedMs = 1_000
const heapBytes = 1_048_576
/**
 * A trade's id that is remembered (C5.3), 8,192 a code at most: a string of 17 characters (40 bytes) and its place in a
 * list (8, and room to grow). A set of them is made only when a lower id comes, and here none does.
 */
const bytesPerTradeId = 52
/** The pace of one screen may slip by one turn, when the machine does other things. */
const silentTurns = 2

export interface Asked {
  readonly perSecond: number
  readonly turnMs: number
  readonly consumers: Scenario['consumers']
  readonly bars: Bars
}

export function verdictsOf(asked: Asked, load: MeasuredLoad): readonly Verdict[] {
  const weight = load.seconds >= fullSeconds ? 'counts' : 'look'
  return [
    ...correctness(asked, load).map((verdict): Verdict => ({ ...verdict, weight: 'counts' })),
    ...barVerdicts(asked, load).map((verdict): Verdict => ({ ...verdict, weight })),
  ]
}

/** Whether the run has to end with an error. */
export function failed(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ kept, weight }) => !kept && weight === 'counts')
}

type Unweighed = Omit<Verdict, 'weight'>

function correctness({ consumers }: Asked, { server, client }: MeasuredLoad): readonly Unweighed[] {
  const { total } = client
  const lost = server.written - of(total, 'frames')
  const faults = accountFaults(client)
  return [
    {
      asked: 'every frame that was written has come, and is an event',
      found: `${count(server.written)} written, ${count(of(total, 'frames'))} came, ${count(of(total, 'events'))} events`,
      kept: lost === 0 && !server.left && of(total, 'events') === server.written,
    },
    ...(consumers === 'everything' ? [fastMissNothing(client)] : []),
    {
      asked: 'accounts are exact',
      found: faults.length === 0 ? 'all equations hold' : faults.join('; '),
      kept: faults.length === 0,
    },
  ]
}

/** By what the consumers counted, not by the account: each group was called once for every event of its type. */
function fastMissNothing({ groups, calls, byType }: ClientSide): Unweighed {
  const fast = fastGroups(groups, calls)
  const missed = fast.reduce((sum, name) => {
    const type = /^fast (\w+)/.exec(name)?.[1] ?? ''
    return sum + Math.abs(of(byType, type) - of(calls, name))
  }, 0)
  const called = fast.reduce((sum, name) => sum + of(calls, name), 0)
  return {
    asked: 'fast consumers miss nothing, and get nothing twice',
    found:
      fast.length === 0 ? 'there are none' : `${count(missed)} too few or too many, ${count(called)} calls`,
    kept: fast.length > 0 && missed === 0,
  }
}

/** Those with an account and those that count: neither may lack one of the other's. */
function fastGroups(groups: ClientSide['groups'], calls: Counts): readonly string[] {
  const names = [...Object.keys(groups), ...Object.keys(calls)]
  return [...new Set(names)].filter((name) => name.startsWith('fast '))
}

/** The equations of C6.2, that no event was withheld or failed, and that what was delivered is what was called. */
function accountFaults({ total, groups, calls, byType, drift }: ClientSide): readonly string[] {
  const faults: string[] = []
  const equal = (what: string, one: number, other: number): void => {
    if (one !== other) faults.push(`${what}: ${count(one)} and ${count(other)}`)
  }
  const withheld = of(total, 'duplicate') + of(total, 'stale') + of(total, 'unrouted')
  equal('frames = data + control', of(total, 'frames'), of(total, 'data') + of(total, 'control'))
  equal('data = decoded + rejected', of(total, 'data'), of(total, 'decoded') + of(total, 'rejected'))
  equal('events = routed + withheld', of(total, 'events'), of(total, 'routed') + withheld)
  equal(
    'events by type',
    Object.values(byType).reduce((sum, value) => sum + value, 0),
    of(total, 'events'),
  )
  equal('rejected, withheld, drifted', of(total, 'rejected') + withheld + Object.keys(drift).length, 0)
  equal('gone to consumers', goneTo(total), of(total, 'offered'))
  for (const [name, tally] of Object.entries(groups)) {
    equal(`offered to ${name}`, goneTo(tally), of(tally, 'offered'))
    equal(`failures of ${name}`, of(tally, 'failed'), 0)
  }
  for (const name of fastGroups(groups, calls)) {
    equal(`delivered to ${name}, and its calls`, of(groups[name] ?? {}, 'delivered'), of(calls, name))
  }
  return faults
}

function goneTo(tally: Counts): number {
  const names = ['delivered', 'failed', 'coalesced', 'dropped', 'discarded', 'pending']
  return names.reduce((sum, name) => sum + of(tally, name), 0)
}

function barVerdicts({ perSecond, turnMs, bars }: Asked, load: MeasuredLoad): readonly Unweighed[] {
  const { server, client } = load
  const verdicts: Unweighed[] = []
  const rate = receivedPerSecond(client)
  const ask = (asked: string, found: string, kept: boolean): void =>
    void verdicts.push({ asked, found, kept })
  ask(
    `the rate is kept: ${count(perSecond)} frames a second come`,
    `${count(Math.round(rate))} a second`,
    rate >= rateShare * perSecond,
  )
  if (bars.p99Ms !== undefined) {
    const p99Ms = client.latencyUs.p99 / 1000
    ask(`99 of 100 deliveries within ${bars.p99Ms} ms`, `${p99Ms.toFixed(2)} ms`, p99Ms <= bars.p99Ms)
  }
  if (bars.heapFlat === true) {
    const growth = heapBytesPerMinute(client.heap)
    const remembered = (60_000 * bytesPerTradeId * of(client.byType, 'trade')) / server.elapsedMs
    ask(
      'the heap is flat: 1 MB a minute, beside the ids of trades that are remembered',
      `${megabytes(growth)} a minute, of which ids explain ${megabytes(remembered)}`,
      growth - remembered <= heapBytes,
    )
  }
  if (bars.keepsUp === true) {
    const cpu = cpuPercent(client)
    ask(
      'it keeps up on one core: at most 100 % of it, all read a second after the last write, nothing held back',
      `${cpu.toFixed(0)} %, ${Math.round(client.drainedMs)} ms, ${megabytes(server.mostBytes)} waited at the server at the most`,
      cpu <= 100 && client.drainedMs <= drainedMs && server.held === 0,
    )
  }
  if (bars.decodedPercent !== undefined) {
    const percent = decodedPercent(client)
    ask(
      `at most ${bars.decodedPercent} % of the frames are read whole`,
      `${percent.toFixed(1)} %`,
      percent <= bars.decodedPercent,
    )
  }
  if (bars.ageTurns !== undefined) verdicts.push(newestState(bars.ageTurns, turnMs, load))
  return verdicts
}

/**
 * How long a newer state had been written when one was delivered. A state was the newest for as long as its market
 * waited for the next frame, and not longer than any market ever did: so much is taken off its age.
 */
function newestState(turns: number, turnMs: number, { server, client }: MeasuredLoad): Unweighed {
  const oldestTurns = Math.max(0, client.latencyUs.max / 1000 - server.longestWaitMs) / turnMs
  const silence = client.longestSilenceMs / turnMs
  return {
    asked: `the newest state is at most ${turns} turn old, and every market has its delivery`,
    found:
      `${(client.latencyUs.max / 1000 / turnMs).toFixed(2)} turns since it was written, ` +
      `${oldestTurns.toFixed(2)} since a newer one; ${silence.toFixed(2)} between deliveries`,
    kept: oldestTurns <= turns && silence <= silentTurns,
  }
}

function of(counts: Counts, name: string): number {
  return counts[name] ?? 0
}

const count = (value: number): string => value.toLocaleString('en-US')
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`
