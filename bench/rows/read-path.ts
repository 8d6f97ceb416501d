/**
 * Row `read-path`: what each stage adds, in process, on DEFAULT frames, one consumer. Stages are measured alone; what
 * the whole costs beyond their sum is the connection's own: session, epoch, counters, sharing.
 */
import type { Bench, Row, RowReport } from '../harness/bench'
import { runChild } from '../harness/child'
import { frameFile, types } from '../harness/frames'
import type { Contender } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { pairedRatios, spreadOf } from '../harness/statistics'
import { figure, ratio, table } from '../harness/table'

const stages = [
  { stage: 'parse', label: 'JSON.parse of the text' },
  { stage: 'decode', label: 'decode: parse, check, exact digits' },
  { stage: 'deliver', label: 'order, route, deliver, account' },
  { stage: 'whole', label: 'fake socket to ticker$ and siblings' },
] as const

export const readPathRow: Row = { name: 'read-path', groups, measure }

function groups(bench: Bench): readonly (readonly Contender[])[] {
  const { build, frameDirectory } = bench.workspace
  return types.map((type) => {
    const measuredCount = (type === 'orderbook' ? 20_000 : 50_000) / (bench.quick ? 2 : 1)
    const counts = { warm: type === 'orderbook' ? 6_000 : 15_000, measured: measuredCount }
    const frames = frameFile(frameDirectory, type, 'DEFAULT')
    return stages.map(({ stage }) => ({
      id: `${type} ${stage}`,
      run: () => runChild('in-process/read-path.mjs', { stage, type, frames, ...counts, ...build }),
    }))
  })
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('read-path', groups(bench), bench.rounds, bench.progress)
  const values = (type: string, stage: string): readonly number[] => valuesOf(measured, `${type} ${stage}`)
  const cells = (type: string, costs: readonly number[]): readonly string[] =>
    costs.length === 0
      ? ['–', 'not measured']
      : [figure(spreadOf(costs).median), ratio(spreadOf(pairedRatios(costs, values(type, 'parse'))))]
  const rest = (type: string): readonly number[] =>
    values(type, 'whole').map(
      (cost, round) =>
        cost - (values(type, 'decode')[round] ?? NaN) - (values(type, 'deliver')[round] ?? NaN),
    )
  const rows = [
    ...stages.map(({ stage, label }) => [
      label,
      ...types.flatMap((type) => cells(type, values(type, stage))),
    ]),
    ['the rest: session, epoch, share', ...types.flatMap((type) => cells(type, rest(type)))],
  ]
  const text = [
    'read-path: its stages, in process, one consumer, DEFAULT. CPU µs a message; ratio to JSON.parse.',
    '',
    table(
      ['', ...types.flatMap(() => ['µs', 'ratio'])],
      rows,
      types.map((label) => ({ label, columns: 2 })),
    ),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
