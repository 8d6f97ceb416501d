/**
 * The notices of unreadable frames that wait for one consumer: at most one an entry, which grows. Notices are never
 * dropped, so behind a handler that is stuck they would pile up without bound, one for every frame.
 */
import type { GapEvent } from './gap-event'

interface Pending {
  /** What was queued, and holds the place. */
  readonly queued: GapEvent
  /** What it has grown to. */
  grown: GapEvent
}

export class PendingNotices {
  private readonly pending = new Map<string, Pending>()

  /** Whether `gap` has to be queued; `false` when one that waits now says it too. */
  admit(gap: GapEvent): boolean {
    // One that opened has an end of its own, which is another notice.
    if (gap.cause !== 'undecodable' || gap.phase !== 'abandoned') return true
    const entry = entryOf(gap)
    const known = this.pending.get(entry)
    if (known === undefined) {
      this.pending.set(entry, { queued: gap, grown: gap })
      return true
    }
    known.grown = joined(known.grown, gap)
    return false
  }

  /** What was queued is delivered now: all that it stands for. */
  take(queued: GapEvent): GapEvent {
    const entry = entryOf(queued)
    const known = this.pending.get(entry)
    if (known?.queued !== queued) return queued
    this.pending.delete(entry)
    return known.grown
  }
}

function joined(first: GapEvent, next: GapEvent): GapEvent {
  return {
    ...first,
    ...(next.to_ms === undefined ? {} : { to_ms: next.to_ms }),
    epochs: [first.epochs[0], next.epochs[1]],
    count: (first.count ?? 0) + (next.count ?? 0),
  }
}

function entryOf({ event, code, level }: GapEvent): string {
  return [event, code, level].join(' ')
}
