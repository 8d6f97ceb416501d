/** Row `commands`: a subscription command with 855 codes in the set, and how many messages a burst of them makes. */
import type { Bench, Row, RowReport } from '../harness/bench'
import { runChild } from '../harness/child'
import type { Measured } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { spreadOf } from '../harness/statistics'
import { figure, table } from '../harness/table'

/** As many as Upbit lists (2026-11). */
const codes = Array.from({ length: 855 }, (_, i) => `KRW-C${i}`)
const commands = 10_000
/** Longer than a removal may wait for an addition to ride with (5 s). */
const watchMs = 5_500

const lines = [
  { name: 'stays', label: 'registry: a count changes, the set does not' },
  { name: 'crosses', label: 'registry: an entry comes or goes' },
  { name: 'call', label: 'subscribeTicker, unsubscribe: the whole call' },
] as const

export const commandsRow: Row = { name: 'commands', measure }

async function measure(bench: Bench): Promise<RowReport> {
  const { build } = bench.workspace
  const counts = bench.quick ? { warm: 20_000, measured: 100_000 } : { warm: 50_000, measured: 300_000 }
  const measured = await measureRounds(
    'commands',
    [[{ id: 'commands', run: () => runChild('in-process/commands.mjs', { codes, ...counts, ...build }) }]],
    bench.rounds,
    bench.progress,
  )
  const burst = await measureRounds(
    'commands, a burst',
    [[{ id: 'burst', run: () => runChild('in-process/burst.mjs', { codes, commands, watchMs, ...build }) }]],
    1,
    bench.progress,
  )
  const rows = lines.map(({ name, label }) => {
    const values = valuesOf(measured, 'commands', name)
    if (values.length === 0) return [label, 'not measured', '']
    const { median, min, max } = spreadOf(values)
    return [label, figure(median), `${figure(min)}–${figure(max)}`]
  })
  const text = [
    `commands: with ${codes.length} codes in the set. CPU µs a command.`,
    '',
    table(['', 'µs', 'min–max'], rows),
    '',
    burstLine(burst),
    ...failuresOf(measured),
    ...failuresOf(burst),
  ]
  return { text: text.join('\n'), measured: new Map([...measured, ...burst]) }
}

function burstLine(burst: Measured): string {
  const [messages] = valuesOf(burst, 'burst', 'messages')
  const [ms] = valuesOf(burst, 'burst', 'burstMs')
  if (messages === undefined || ms === undefined) return '  the burst was not measured'
  const count = commands.toLocaleString('en-US')
  return (
    `  ${count} commands in one turn, ${figure(ms)} ms: the exchange received ${messages} ` +
    `message${messages === 1 ? '' : 's'} in the ${watchMs / 1000} s after.`
  )
}
