/** The exchange's limits (C11), as the server counted: dials of the process, messages of each connection, REST calls. */
import type { ExchangeControls } from '../../src/testing'
import type { Violations } from './violations'
import { mostInAnyWindow } from './windows'

export interface ServerCounts {
  readonly dials: number
  readonly dialsInASecond: number
  readonly dialsInTenSeconds: number
  readonly messages: number
  /** Of one connection. */
  readonly messagesInASecond: number
  readonly messagesInAMinute: number
  readonly restCalls: number
  /** Of one group. */
  readonly restInASecond: number
}

const limits = {
  dialsInASecond: 5,
  dialsInTenSeconds: 6,
  messagesInASecond: 5,
  messagesInAMinute: 100,
} as const

/** Of REST in a second, by the server's name of the group; of every other group what is known of none. */
const restLimits: Readonly<Record<string, number>> = { default: 30, order: 12, 'order-test': 8 }
const otherRestLimit = 10

/** `connectedAtMs`: dials that came to a proxy before the exchange, which sees more of them. */
export function judgeLimits(
  { busiest, dials, received, restCalls }: ExchangeControls,
  connectedAtMs: readonly number[],
  violations: Violations,
): ServerCounts {
  const counts: ServerCounts = {
    dials: Math.max(dials.length, connectedAtMs.length),
    dialsInASecond: Math.max(busiest.dials.perSecond, mostInAnyWindow(connectedAtMs, 1000)),
    dialsInTenSeconds: Math.max(busiest.dials.perTenSeconds, mostInAnyWindow(connectedAtMs, 10_000)),
    messages: received.filter(({ kind }) => kind !== 'ping-frame').length,
    messagesInASecond: busiest.messages.perSecond,
    messagesInAMinute: busiest.messages.perMinute,
    restCalls: restCalls.length,
    restInASecond: Math.max(0, ...Object.values(busiest.rest)),
  }
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    if (counts[name] > limits[name]) {
      violations.add('C11', `the server counted ${name}: ${counts[name]}, at most ${limits[name]}`)
    }
  }
  for (const [group, most] of Object.entries(busiest.rest)) {
    const limit = restLimits[group] ?? otherRestLimit
    if (most > limit)
      violations.add('C11', `the server counted ${most} REST calls of ${group}, at most ${limit}`)
  }
  return counts
}
