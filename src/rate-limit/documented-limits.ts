/**
 * The limits as documented: docs.upbit.com and global-docs.upbit.com `rate-limits`, read 2026-11. What the exchange
 * counts by address it counts for all processes of it, what by account for all keys of it.
 */
import type { Window } from './permits'

const second = 1000

/** What dials are called in `budgets()`. */
export const dialGroup = 'websocket-connect'
/** What one request in 10 s is called, in `budgets()` and in the exchange's own header. */
export const originGroup = 'origin'
export const messageGroup = 'websocket-message'

/** 5 a second is the exchange's; 6 in ten seconds is ours, so that no server can make us dial in a loop (C11.2). */
export const dialWindows: readonly Window[] = [
  { limit: 5, periodMs: second },
  { limit: 6, periodMs: 10 * second },
]

/** With an `Origin` header, for the quotation calls and the dials of an address together. */
export const originWindows: readonly Window[] = [{ limit: 1, periodMs: 10 * second }]

/** Of one connection; no other one, of whatever process, takes from it. */
export const messageWindow: Window = { limit: 5, periodMs: second }
export const minuteWindow: Window = { limit: 100, periodMs: 60 * second }

const quotation = ['market', 'ticker', 'orderbook', 'trade', 'candle']

const accountWindows = new Map<string, Window>([
  ['default', { limit: 30, periodMs: second }],
  ['order', { limit: 12, periodMs: second }],
  ['order-test', { limit: 8, periodMs: second }],
  ['order-cancel-all', { limit: 1, periodMs: 2 * second }],
])

/** In Singapore, Indonesia and Thailand, and in Korea until the middle of 2026. */
const regionalOrders: Window = { limit: 8, periodMs: second }
const regionalHost = /^(sg|id|th)-api\.upbit\.com(:|$)/

/** Of each group that is counted by address; of a name that is documented nowhere the least that a group has. */
const others = { address: { limit: 10, periodMs: second }, account: { limit: 8, periodMs: second } }

/** Names of the header that are not those of the pages (recorded 2026-03); further ones are learned from answers. */
export const knownAliases: readonly (readonly [string, string])[] = [
  ['crix-trades', 'trade'],
  ['candles', 'candle'],
]

export function isDocumented(group: string): boolean {
  return quotation.includes(group) || accountWindows.has(group)
}

/** Whether a group is counted by account; by address otherwise. */
export function isOfAccount(group: string): boolean {
  return accountWindows.has(group)
}

export function restWindows(host: string, group: string, kind: 'address' | 'account'): readonly Window[] {
  if (group === 'order' && regionalHost.test(host)) return [regionalOrders]
  return [(kind === 'account' ? accountWindows.get(group) : undefined) ?? others[kind]]
}

/** What is left of a budget for a process that has declared a share of it; of less than one call, one in a longer time. */
export function shareOf({ limit, periodMs }: Window, share: number): Window {
  const calls = limit * share
  return calls < 1
    ? { limit: 1, periodMs: Math.ceil(periodMs / calls) }
    : { limit: Math.floor(calls), periodMs }
}

/** Whether the exchange itself counts the `Origin` of what goes to this host; a gateway's does not. */
export function countsOrigin(host: string): boolean {
  return /(^|\.)upbit\.com(:|$)/.test(host)
}
