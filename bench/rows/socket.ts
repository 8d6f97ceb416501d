/**
 * Row `socket`: from the socket to a delivered event, in a blast. Everyone in DEFAULT, and upbit-rx in all four wire
 * formats, which decides the default.
 */
import { readFileSync } from 'node:fs'
import type { Bench, Row, RowReport } from '../harness/bench'
import type { Format, Type } from '../harness/frames'
import { formats, frameFile, framesPerFile, types } from '../harness/frames'
import type { Measured } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { spreadOf } from '../harness/statistics'
import { figure } from '../harness/table'
import type { Client } from './contenders'
import { base, blastCounts, floor, idOf, ours, peers, socketContender } from './contenders'
import { socketTable } from './socket-table'

const clients: readonly Client[] = [floor, base, ours, ...peers]

export const socketRow: Row = { name: 'socket', withPeers: true, measure }

async function measure(bench: Bench): Promise<RowReport> {
  const groups = types.map((type) =>
    [
      ...clients.map((client) => ({ client, format: 'DEFAULT' as Format })),
      ...formats.slice(1).map((format) => ({ client: ours, format })),
    ].map(({ client, format }) =>
      socketContender(bench, type, client, format, blastCounts(type, client, bench.quick), 0),
    ),
  )
  const measured = await measureRounds('socket', groups, bench.rounds, bench.progress)
  const bytes = (type: Type, format: Format): string => figure(meanBytes(bench, type, format))
  const text = [
    'socket: from the socket to a delivered event, blast. CPU µs a message; ratio to ws + JSON.parse in DEFAULT.',
    '',
    socketTable(
      measured,
      'in DEFAULT',
      clients.map((client) => ({ label: client.label, id: (type) => idOf(type, client, 'DEFAULT') })),
    ),
    '',
    socketTable(
      measured,
      'upbit-rx in',
      formats.map((format) => ({
        label: format,
        id: (type) => idOf(type, ours, format),
        bytes: (type) => bytes(type, format),
      })),
    ),
    '',
    ...notes(measured),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}

function notes(measured: Measured): readonly string[] {
  const shares = types.map((type) => {
    const values = valuesOf(measured, `${type} ccxt DEFAULT`, 'delivered')
    return values.length === 0 ? undefined : `${figure(100 * spreadOf(values).median)} % of ${type}`
  })
  const told = shares.filter((share) => share !== undefined)
  return [
    ...(told.length === 0
      ? []
      : [
          `  ccxt hands its caller what is newest when it looks: ${told.join(', ')} reached the loop; all were parsed.`,
        ]),
    '  tardis-dev has no normaliser for the ticker: there its raw stream, which is parsed and nothing more.',
  ]
}

function meanBytes({ workspace }: Bench, type: Type, format: Format): number {
  const file = readFileSync(frameFile(workspace.frameDirectory, type, format))
  // A line feed between the frames.
  return (file.byteLength + 1) / framesPerFile - 1
}
