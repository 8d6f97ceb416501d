/**
 * Row `socket`: from the socket to a delivered event, in a blast. Everyone in DEFAULT, and upbit-rx in all four wire
 * formats, which decides the default.
 */
import { readFileSync } from 'node:fs'
import type { Bench, Row, RowReport } from '../harness/bench'
import type { Format, Type } from '../harness/frames'
import { formats, frameFile, framesPerFile, types } from '../harness/frames'
import type { Contender, Measured } from '../harness/rounds'
import { failuresOf, measureRounds, valuesOf } from '../harness/rounds'
import { pairedRatios, spreadOf } from '../harness/statistics'
import { figure, ratio } from '../harness/table'
import type { Client } from './contenders'
import { base, blastCounts, floor, idOf, ours, peers, socketContender } from './contenders'
import { socketTable } from './socket-table'

const ourId = (type: Type): string => idOf(type, ours, 'DEFAULT')
const others = (bench: Bench): readonly Client[] => (bench.peers ? peers : [])
const clientsOf = (bench: Bench): readonly Client[] => [floor, base, ours, ...others(bench)]

export const socketRow: Row = { name: 'socket', withPeers: true, groups, measure }

function groups(bench: Bench): readonly (readonly Contender[])[] {
  return types.map((type) =>
    [
      ...clientsOf(bench).map((client) => ({ client, format: 'DEFAULT' as Format })),
      ...formats.slice(1).map((format) => ({ client: ours, format })),
    ].map(({ client, format }) =>
      socketContender(bench, type, client, format, blastCounts(type, client, bench.quick), 0),
    ),
  )
}

async function measure(bench: Bench): Promise<RowReport> {
  const measured = await measureRounds('socket', groups(bench), bench.rounds, bench.progress)
  const text = [
    'socket: from the socket to a delivered event, blast. CPU µs a message; ratio to ws + JSON.parse.',
    '',
    socketTable(
      measured,
      'in DEFAULT',
      clientsOf(bench).map((client) => ({
        label: client.label,
        id: (type) => idOf(type, client, 'DEFAULT'),
      })),
    ),
    '',
    ...(bench.peers ? [...peers.map((peer) => timesOurs(measured, peer)), ...notes(measured), ''] : []),
    'the same for upbit-rx in the four wire formats. Ratio to DEFAULT.',
    '',
    socketTable(
      measured,
      'upbit-rx in',
      formats.map((format) => ({
        label: format,
        id: (type) => idOf(type, ours, format),
        bytes: (type) => figure(meanBytes(bench, type, format)),
      })),
      ourId,
    ),
    ...failuresOf(measured),
  ]
  return { text: text.join('\n'), measured }
}

/** The other way round, as claims are made: what a peer costs in units of ours. */
function timesOurs(measured: Measured, peer: Client): string {
  const times = types.map((type) => {
    const values = valuesOf(measured, idOf(type, peer, 'DEFAULT'))
    const ratios = pairedRatios(values, valuesOf(measured, ourId(type)))
    return values.length === 0 ? `${type} –` : `${type} ${ratio(spreadOf(ratios))}`
  })
  return `  ${peer.label} costs, times upbit-rx: ${times.join(', ')}`
}

function notes(measured: Measured): readonly string[] {
  const shares = types.flatMap((type) => {
    const values = valuesOf(measured, `${type} ccxt DEFAULT`, 'delivered')
    return values.length === 0 ? [] : [`${figure(100 * spreadOf(values).median)} % of ${type}`]
  })
  return [
    ...(shares.length === 0
      ? []
      : [`  ccxt parsed all; of its results ${shares.join(', ')} reached the caller`]),
    '  tardis-dev normalises no ticker: there its raw stream, parsed and nothing more',
  ]
}

function meanBytes({ workspace }: Bench, type: Type, format: Format): number {
  const file = readFileSync(frameFile(workspace.frameDirectory, type, format))
  // A line feed between the frames.
  return (file.byteLength + 1) / framesPerFile - 1
}
