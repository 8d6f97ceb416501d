/** Row `backfill`: 250,000 missed trades, fetched and delivered in order, and how long the event loop is blocked by that. */
import type { Bench, Row, RowReport } from '../harness/bench'
import { runChild } from '../harness/child'
import type { Contender } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { spreadOf } from '../harness/statistics'
import { figure, table } from '../harness/table'

const trades = 250_000
const quickTrades = 50_000
/** Of the loop (issue: without blocking it for more than 50 ms). */
const barMs = 50
const timed = 'upbit-rx'
const weighed = 'upbit-rx, weighed'
const lines = [
  [timed, 'processorBlockMs', `longest block, processor time, ms (bar ${barMs})`],
  [timed, 'clockBlockMs', `longest block, by the clock, ms (bar ${barMs})`],
  [timed, 'tookMs', 'from the loss to the end of the gap, ms'],
  [weighed, 'heapMb', 'heap when all are fetched, after garbage collection, MB'],
] as const

export const backfillRow: Row = { name: 'backfill', groups, measure }

function countOf({ quick }: Bench): number {
  return quick ? quickTrades : trades
}

function groups(bench: Bench): readonly (readonly Contender[])[] {
  const job = { count: countOf(bench), ...bench.workspace.build }
  const run = (isWeighed: boolean) => () =>
    runChild('in-process/backfill.mjs', { ...job, isWeighed }, ['--expose-gc'])
  return [
    [
      { id: timed, run: run(false) },
      { id: weighed, run: run(true) },
    ],
  ]
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('backfill', groups(bench), bench.rounds, bench.progress)
  const rows = lines.map(([id, name, label]) => {
    const values = valuesOf(measured, id, name)
    if (values.length === 0) return [label, 'not measured', '']
    const { median, min, max } = spreadOf(values)
    return [label, figure(median), `${figure(min)}–${figure(max)}`]
  })
  const text = [
    `backfill: ${countOf(bench).toLocaleString('en-US')} missed trades, fetched in pages of 500 and delivered in order.`,
    '',
    table(['', 'median', 'min–max'], rows),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
