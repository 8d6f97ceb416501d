/** Row `paced`: the same with one write a message, so that every message is a wake-up and a read of its own. */
import type { Bench, Row, RowReport } from '../harness/bench'
import { types } from '../harness/frames'
import { failuresOf, measureRounds } from '../harness/rounds'
import { base, floor, idOf, ours, pacedCounts, pacedPerSecond, peers, socketContender } from './contenders'
import { socketTable } from './socket-table'

export const pacedRow: Row = { name: 'paced', withPeers: true, measure }

async function measure(bench: Bench): Promise<RowReport> {
  // A quick look is at ourselves.
  const clients = [floor, base, ours, ...(bench.quick ? [] : peers)]
  const groups = types.map((type) =>
    clients.map((client) =>
      socketContender(bench, type, client, 'DEFAULT', pacedCounts(bench.quick), pacedPerSecond),
    ),
  )
  const measured = await measureRounds('paced', groups, bench.rounds, bench.progress)
  const text = [
    `paced: the same, one write a message, ${pacedPerSecond.toLocaleString('en-US')} a second.`,
    '',
    socketTable(
      measured,
      'in DEFAULT',
      clients.map((client) => ({ label: client.label, id: (type) => idOf(type, client, 'DEFAULT') })),
    ),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
