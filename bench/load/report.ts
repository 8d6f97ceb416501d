/** A scenario's figures and verdicts as text. */
import { cpus, loadavg } from 'node:os'
import { table } from '../harness/table'
import type { Counts, MeasuredLoad, Percentiles } from './measured-load'
import { cpuPercent, decodedPercent, heapBytesPerMinute, receivedPerSecond } from './measured-load'
import type { Scenario } from './scenarios'
import type { Verdict } from './verdicts'

export function reportOf(scenario: Scenario, load: MeasuredLoad, verdicts: readonly Verdict[]): string {
  const { client, server, seconds } = load
  const { window } = client
  const heap = client.heap.map(({ usedBytes }) => megabytes(usedBytes)).join(' ')
  const rows = [
    ['rate', `${count(scenario.perSecond)} asked, ${count(receivedPerSecond(client))} came`],
    ['CPU of one core', `${cpuPercent(client).toFixed(0)} %`],
    ['frames', `${count(window.frames)} received, ${decodedPercent(client).toFixed(1)} % of them read whole`],
    [
      'events',
      `${count(window.delivered)} delivered, ${count(window.coalesced)} coalesced, ${count(window.dropped)} dropped`,
    ],
    ['write to callback', `${percentiles(client.latencyUs, 1000)} ms`],
    ['event loop late', `${percentiles(client.lagMs, 1)} ms`],
    ['heap after gc', `${heap} MB: ${megabytes(heapBytesPerMinute(client.heap))} MB a minute`],
    [
      'processes that want a core',
      `${loadavg()[0]?.toFixed(1)} in the last minute, of ${cpus().length} cores`,
    ],
    ['waited at the server', `${megabytes(server.mostBytes)} MB at the most`],
  ]
  const width = Math.max(...rows.map(([label = '']) => label.length))
  return [
    `${scenario.name}: ${scenario.about}. ${seconds} s.`,
    '',
    ...rows.map(([label = '', text]) => `  ${label.padEnd(width)}  ${text}`),
    '',
    groupTable(client.groups),
    '',
    ...verdicts.map(({ asked, found, kept, weight }) => {
      const mark = kept ? '✔' : weight === 'look' ? '·' : '✘'
      return `  ${mark} ${asked}: ${found}${weight === 'look' ? ' (a look)' : ''}`
    }),
  ].join('\n')
}

const columns = ['consumers', 'offered', 'delivered', 'coalesced', 'dropped', 'pending']

/** From the first frame to the last, the warm-up too. */
function groupTable(groups: Readonly<Record<string, Counts>>): string {
  const rows = Object.entries(groups).map(([name, tally]) => [
    name,
    ...columns.map((column) => count(tally[column])),
  ])
  return table(['from the first frame to the last', ...columns], rows)
}

function percentiles({ p50, p90, p99, max }: Percentiles, unit: number): string {
  const figure = (value: number): string => (value / unit).toFixed(2)
  return `p50 ${figure(p50)} · p90 ${figure(p90)} · p99 ${figure(p99)} · max ${figure(max)}`
}

const count = (value = NaN): string => Math.round(value).toLocaleString('en-US')
const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1)
