/**
 * Row `read-path`: what each feature adds, in process, on DEFAULT frames, one consumer. A stage does what the one before
 * it does and one thing more; what that adds is a difference, taken within each round.
 */
import type { Bench, Row, RowReport } from '../harness/bench'
import { runChild } from '../harness/child'
import type { Type } from '../harness/frames'
import { frameFile, types } from '../harness/frames'
import type { Contender } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { pairedRatios, spreadOf } from '../harness/statistics'
import { figure, ratio, table } from '../harness/table'

interface Line {
  readonly label: string
  readonly stage: string
  /** What is taken off: the stage that does all but this. */
  readonly less?: string
}

const lines: readonly Line[] = [
  { label: 'JSON.parse of the text', stage: 'parse' },
  { label: 'parse and guard, as in browsers', stage: 'guard' },
  { label: 'the fused reader', stage: 'read' },
  { label: '+ metrics: clock, counters, types', stage: 'count', less: 'read' },
  { label: '+ epoch: session, switch, share', stage: 'connect', less: 'count' },
  { label: '+ order and identity, memory', stage: 'judge' },
  { label: '+ route and call', stage: 'route', less: 'judge' },
  { label: '+ account, watch for the slow', stage: 'account', less: 'route' },
  { label: 'all: fake socket to ticker$ and siblings', stage: 'whole' },
]

export const readPathRow: Row = { name: 'read-path', groups, measure }

function groups(bench: Bench): readonly (readonly Contender[])[] {
  const { build, frameDirectory } = bench.workspace
  return types.map((type) => {
    const measured = (type === 'orderbook' ? 20_000 : 50_000) / (bench.quick ? 2 : 1)
    const counts = { warm: type === 'orderbook' ? 12_000 : 50_000, measured }
    const frames = frameFile(frameDirectory, type, 'DEFAULT')
    return lines.map(({ stage }) => ({
      id: `${type} ${stage}`,
      run: () => runChild('in-process/read-path.mjs', { stage, type, frames, ...counts, ...build }),
    }))
  })
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('read-path', groups(bench), bench.rounds, bench.progress)
  const values = (type: Type, stage: string): readonly number[] => valuesOf(measured, `${type} ${stage}`)
  const cells = (type: Type, { stage, less }: Line): readonly string[] => {
    const base = less === undefined ? [] : values(type, less)
    const costs = values(type, stage).map((cost, round) => cost - (base[round] ?? 0))
    if (costs.length === 0 || (less !== undefined && base.length === 0)) return ['–', 'not measured']
    return [figure(spreadOf(costs).median), ratio(spreadOf(pairedRatios(costs, values(type, 'parse'))))]
  }
  const text = [
    'read-path: its features, in process, one consumer, DEFAULT. CPU µs a message; ratio to JSON.parse.',
    '',
    table(
      ['', ...types.flatMap(() => ['µs', 'ratio'])],
      lines.map((line) => [line.label, ...types.flatMap((type) => cells(type, line))]),
      types.map((label) => ({ label, columns: 2 })),
    ),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
