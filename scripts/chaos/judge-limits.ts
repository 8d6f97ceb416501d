/** The exchange's limits (C11), as the server counted: dials of the process, messages of each connection. */
import type { Dial, ReceivedMessage } from '../../src/testing'
import { mostInAnyWindow } from './windows'
import type { Violations } from './violations'

export interface ServerCounts {
  readonly dials: number
  readonly dialsInASecond: number
  readonly dialsInTenSeconds: number
  readonly messages: number
  readonly messagesInASecond: number
  readonly messagesInAMinute: number
}

const limits = {
  dialsInASecond: 5,
  dialsInTenSeconds: 6,
  messagesInASecond: 5,
  messagesInAMinute: 100,
} as const

/** `connectedAtMs`: dials that came to a proxy before the exchange, which sees more of them. */
export function judgeLimits(
  dials: readonly Dial[],
  received: readonly ReceivedMessage[],
  connectedAtMs: readonly number[],
  violations: Violations,
): ServerCounts {
  const dialsAtMs = dials.map(({ atMs }) => atMs)
  const byConnection = new Map<number, number[]>()
  // A ping of the protocol is no message; a text that is refused is one.
  for (const { kind, connection, atMs } of received) {
    if (kind === 'ping-frame') continue
    const times = byConnection.get(connection)
    if (times === undefined) byConnection.set(connection, [atMs])
    else times.push(atMs)
  }
  const most = (times: Iterable<readonly number[]>, periodMs: number): number =>
    Math.max(0, ...[...times].map((each) => mostInAnyWindow(each, periodMs)))
  const counts: ServerCounts = {
    dials: Math.max(dialsAtMs.length, connectedAtMs.length),
    dialsInASecond: most([dialsAtMs, connectedAtMs], 1000),
    dialsInTenSeconds: most([dialsAtMs, connectedAtMs], 10_000),
    messages: received.filter(({ kind }) => kind !== 'ping-frame').length,
    messagesInASecond: most(byConnection.values(), 1000),
    messagesInAMinute: most(byConnection.values(), 60_000),
  }
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    if (counts[name] > limits[name]) {
      violations.add('C11', `the server counted ${name}: ${counts[name]}, at most ${limits[name]}`)
    }
  }
  return counts
}
