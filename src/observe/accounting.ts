/** The sums of a manager: what its connections counted and what its consumers got (C6.2). */
import type { Hub } from '../channels/hub'
import type { ConnectionCounters } from '../connection/counters'
import type { Tally } from '../operators/delivery'

export interface Accounting extends ConnectionCounters, Tally {
  /** Gaps that opened, those of single consumers included. */
  readonly gaps: number
}

export function accountingOf(hub: Hub, gaps: number): Accounting {
  const sums = { byType: {} as Record<string, number>, drift: {} as Record<string, number> }
  const counts = sums as unknown as Record<string, number>
  for (const counters of hub.connections) {
    for (const [name, value] of Object.entries(counters)) {
      if (typeof value === 'number') counts[name] = (counts[name] ?? 0) + value
    }
    addAll(sums.byType, counters.byType)
    addAll(sums.drift, counters.drift)
  }
  const { offered, delivered, failed, coalesced, dropped, discarded, pending } = hub.total
  // Every counter of every connection is in `sums` by now; there is always a connection to count.
  return {
    ...(sums as ConnectionCounters),
    offered,
    delivered,
    failed,
    coalesced,
    dropped,
    discarded,
    pending,
    gaps,
  }
}

function addAll(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
}
