/** Row `paced`: the same with one write a message, so that every message is a wake-up and a read of its own. */
import type { Bench, Row, RowReport } from '../harness/bench'
import { types } from '../harness/frames'
import type { Contender } from '../harness/rounds'
import { failuresOf, measureRounds } from '../harness/rounds'
import type { Client } from './contenders'
import { base, floor, idOf, ours, pacedCounts, pacedPerSecond, peers, socketContender } from './contenders'
import { socketTable } from './socket-table'

export const pacedRow: Row = { name: 'paced', withPeers: true, groups, measure }

const clientsOf = (bench: Bench): readonly Client[] => [floor, base, ours, ...(bench.peers ? peers : [])]

function groups(bench: Bench): readonly (readonly Contender[])[] {
  return types.map((type) =>
    clientsOf(bench).map((client) =>
      socketContender(bench, type, client, 'DEFAULT', pacedCounts(bench.quick), pacedPerSecond),
    ),
  )
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('paced', groups(bench), bench.rounds, bench.progress)
  const text = [
    `paced: the same, one write a message, ${pacedPerSecond.toLocaleString('en-US')} a second.`,
    '',
    socketTable(
      measured,
      'in DEFAULT',
      clientsOf(bench).map((client) => ({
        label: client.label,
        id: (type) => idOf(type, client, 'DEFAULT'),
      })),
    ),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}
