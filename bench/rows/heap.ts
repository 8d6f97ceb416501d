/** Row `heap`: what 1,000 idle consumers of one code keep. */
import type { Bench, Row, RowReport } from '../harness/bench'
import { runChild } from '../harness/child'
import type { Contender } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { spreadOf } from '../harness/statistics'
import { figure, table } from '../harness/table'

/** More than the 1,000 that are told of: code that is compiled meanwhile is on the same heap. */
const consumers = 5_000
const warm = 1_000
const ways = [
  { way: 'subject', label: 'subscribers of an RxJS Subject' },
  { way: 'handlers', label: 'subscribeTicker' },
  { way: 'streams', label: 'ticker$().subscribe' },
] as const

export const heapRow: Row = { name: 'heap', groups, measure }

function groups({ workspace: { build } }: Bench): readonly (readonly Contender[])[] {
  return [
    ways.map(({ way }) => ({
      id: way,
      run: () => runChild('in-process/heap.mjs', { way, consumers, warm, ...build }, ['--expose-gc']),
    })),
  ]
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('heap', groups(bench), bench.rounds, bench.progress)
  const rows = ways.map(({ way, label }) => {
    const values = valuesOf(measured, way, 'kB')
    if (values.length === 0) return [label, 'not measured', '']
    const { median, min, max } = spreadOf(values)
    return [label, figure(median), `${figure(min)}–${figure(max)}`]
  })
  const text = [
    'heap: kept by 1,000 idle consumers of one code, after garbage collection. kB.',
    '',
    table(['', 'kB', 'min–max'], rows),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
