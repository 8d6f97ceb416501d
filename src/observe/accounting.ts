/** The sums of a manager: what its connections counted and what its consumers got (C6.2). */
import type { Hub } from '../channels/hub'
import type { ConnectionCounters } from '../connection/counters'
import { newCounters } from '../connection/counters'
import type { Tally } from '../operators/delivery'

export interface Accounting extends Readonly<ConnectionCounters>, Tally {
  /** Gaps that opened, those of single consumers included. */
  readonly gaps: number
}

/** `drift` is what was found besides, in what no connection brought. */
export function accountingOf(
  hub: Hub,
  gaps: number,
  drift: Readonly<Record<string, number>> = {},
): Accounting {
  // From zeros, which are whole before the first connection; its records have no prototype that a name could hit.
  const sums = newCounters()
  for (const { byType, drift: ofFrames, stoppedAt, ...counts } of hub.connections) {
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) sums[name] += counts[name]
    addAll(sums.byType, byType)
    addAll(sums.drift, ofFrames)
    addAll(sums.stoppedAt, stoppedAt)
  }
  addAll(sums.drift, drift)
  const { offered, delivered, failed, coalesced, dropped, discarded, pending } = hub.total
  return { ...sums, offered, delivered, failed, coalesced, dropped, discarded, pending, gaps }
}

function addAll(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
}
