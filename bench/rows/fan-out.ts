/**
 * Row `fan-out`: one ticker to 1,000 consumers, in process. upbit-rx gets the frame through a fake socket and delivers
 * by its public functions; what it costs with one consumer is taken off, since the loop is given a parsed event.
 */
import type { Bench, Row, RowReport } from '../harness/bench'
import { runChild } from '../harness/child'
import { frameFile } from '../harness/frames'
import type { Contender } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { pairedRatios, spreadOf } from '../harness/statistics'
import { figure, ratio, table } from '../harness/table'

const many = 1_000

const ways = [
  { way: 'loop', label: 'a loop over functions' },
  { way: 'subject', label: 'an RxJS Subject' },
  { way: 'handlers', label: 'subscribeTicker' },
  { way: 'streams', label: 'ticker$().subscribe' },
  { way: 'observers', label: 'ticker$().subscribe({ next })' },
] as const
const withFrames = new Set<string>(['handlers', 'streams', 'observers'])

export const fanOutRow: Row = { name: 'fan-out', groups, measure }

function groups(bench: Bench): readonly (readonly Contender[])[] {
  const contender = (way: string, consumers: number): Contender => {
    const counts = consumers === 1 ? { warm: 10_000, measured: 20_000 } : countsOf(way, bench.quick)
    const frames = frameFile(bench.workspace.frameDirectory, 'ticker', 'DEFAULT')
    return {
      id: `${way} ${consumers}`,
      run: () =>
        runChild('in-process/fan-out.mjs', { way, consumers, frames, ...counts, ...bench.workspace.build }),
    }
  }
  return [
    [...ways.map(({ way }) => contender(way, many)), ...[...withFrames].map((way) => contender(way, 1))],
  ]
}

/** The base is so cheap that as few events as ours need would be over in the time of one collection. */
function countsOf(way: string, quick: boolean): { readonly warm: number; readonly measured: number } {
  if (!withFrames.has(way)) return { warm: 10_000, measured: 20_000 }
  // As warm as with one consumer: else the compiling of what reads frames would count as fan-out.
  return { warm: 10_000, measured: quick ? 3_000 : 8_000 }
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('fan-out', groups(bench), bench.rounds, bench.progress)
  const loop = valuesOf(measured, `loop ${many}`)
  const rows = ways.map(({ way, label }) => {
    const whole = valuesOf(measured, `${way} ${many}`)
    const single = withFrames.has(way) ? valuesOf(measured, `${way} 1`) : []
    if (whole.length === 0) return [label, '–', '–', '–', 'not measured', '']
    const alone = whole.map((value, round) => value - (single[round] ?? 0))
    return [
      label,
      figure(spreadOf(whole).median),
      single.length === 0 ? '' : figure(spreadOf(single).median),
      figure(spreadOf(alone).median),
      ratio(spreadOf(pairedRatios(alone, loop))),
      ratio(spreadOf(pairedRatios(whole, loop))),
    ]
  })
  const text = [
    'fan-out: one ticker to 1,000 consumers of one code, in process. CPU µs an event; ratios to the loop.',
    '',
    table(['', 'µs', 'of that, 1 consumer', 'fan-out alone', 'its ratio', 'ratio of the whole'], rows),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
