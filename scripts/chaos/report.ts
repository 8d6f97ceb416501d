/** What `npm run chaos` prints of one part: the plan, what came of it, and what was broken with how to see it again. */
import type { ChaosReport } from './chaos-report'
import { faultKinds } from './fault-kinds'
import type { PlannedFault } from './fault-plan'

const count = (value: number): string => value.toLocaleString('en-US')
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, times]) => `${name} ${count(times)}`)
    .join(', ') || 'none'

/** The kinds of a plan and how often each was drawn, five in a row. */
export function planTable(plan: readonly PlannedFault[]): string {
  const cells = faultKinds.flatMap(({ name }) => {
    const times = plan.filter(({ kind }) => kind === name).length
    return times === 0 ? [] : [`${name} ${count(times)}`]
  })
  const perRow = 5
  const rows = Array.from({ length: Math.ceil(cells.length / perRow) }, (_, row) =>
    cells.slice(row * perRow, (row + 1) * perRow),
  )
  return rows.map((row) => `  ${row.map((cell) => cell.padEnd(22)).join('')}`.trimEnd()).join('\n')
}

/** What came of a part, in a line. */
export function briefText({ delivered, trades, account, epochs, server }: ChaosReport): string {
  return (
    `${count(delivered)} events delivered, of ${count(trades.owed)} trades owed ${count(trades.inGaps)} in gaps, ` +
    `${count(account.orders)} orders with ${count(account.fills)} fills, ` +
    `${count(epochs)} epochs, at most ${server.dialsInTenSeconds} dials in 10 s`
  )
}

export function reportText(report: ChaosReport): string {
  const { trades, account, server, visits } = report
  const lines: readonly (readonly [string, string])[] = [
    ['events delivered', count(report.delivered)],
    ['trades executed', count(report.executed)],
    ['owed to consumers', count(trades.owed)],
    ['  delivered, each once', count(trades.delivered)],
    ['  missed, each in a gap', count(trades.inGaps)],
    ['  waiting when the consumer left', count(trades.waiting)],
    ['orders of the account, fills', `${count(account.orders)}, ${count(account.fills)}`],
    ['  told by the socket, by REST', `${count(account.bySocket)}, ${count(account.byRest)}`],
    ['  orders and cancels by the client', listed(account.outcomes)],
    ['  states of its connection', listed(account.states)],
    ['lost of a subscription', listed(report.forgotten)],
    ['gaps', listed(report.gaps)],
    ['errors told', listed(report.errors)],
    ['epochs, lives of consumers', `${count(report.epochs)}, ${count(report.lives)}`],
    [
      'proxies, calls (answered)',
      `${count(visits.proxies)}, ${count(visits.calls)} (${count(visits.answered)})`,
    ],
    [
      'dials, most in 1 s and in 10 s',
      `${count(server.dials)}, ${server.dialsInASecond} and ${server.dialsInTenSeconds}`,
    ],
    [
      'messages, most in 1 s and in 60 s',
      `${count(server.messages)}, ${server.messagesInASecond} and ${server.messagesInAMinute} of one connection`,
    ],
    ['REST calls, most in 1 s', `${count(server.restCalls)}, ${server.restInASecond} of one group`],
    ['looks at all accounts, live', `${count(report.samples)}, ${count(report.live)}`],
  ]
  return lines.map(([name, found]) => `  ${name.padEnd(36)}${found}`).join('\n')
}

/** The first violation, what happened before it, and the command that does the part again. */
export function violationText(
  { violations, violationCount, inflicted }: Pick<ChaosReport, 'violations' | 'violationCount' | 'inflicted'>,
  again: string,
): string {
  const [first] = violations
  if (first === undefined) return ''
  const before = inflicted.filter(({ atMs }) => atMs <= first.atMs).slice(-5)
  const kinds = new Map<string, number>()
  for (const { promise } of violations) kinds.set(promise, (kinds.get(promise) ?? 0) + 1)
  return [
    `✘ ${first.promise}: ${first.what}`,
    `  at     ${Number.isFinite(first.atMs) ? `${count(first.atMs)} ms` : 'the end'}`,
    ...before.map(
      ({ atMs, kind, parameters }) => `  after  ${count(atMs)} ms ${kind} ${JSON.stringify(parameters)}`,
    ),
    `  again  ${again}`,
    `  ${count(violationCount)} in all; of those kept: ${listed(Object.fromEntries(kinds))}`,
  ].join('\n')
}
