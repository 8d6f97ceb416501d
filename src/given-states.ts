/** How new the states are that snapshots have given: an older one that is fetched later must not follow (C5.1). */
import type { NewestHead } from './channels/route'
import { isOlder } from './channels/route'
import type { StreamKey } from './registry/stream-key'

/** REST is seconds behind at the worst; what was given before this is older than any answer. */
const keptMs = 600_000
/** More than all codes of the exchange in four kinds. */
const mostKept = 4000

export class GivenStates {
  /** In the order in which they were given, the oldest first. */
  private readonly heads = new Map<string, { readonly head: NewestHead; readonly atMs: number }>()

  given({ id }: StreamKey, { timestamp, candle_date_time_utc: period }: NewestHead, nowMs: number): void {
    const head = { timestamp, ...(period === undefined ? {} : { candle_date_time_utc: period }) }
    const before = this.heads.get(id)
    this.heads.delete(id)
    this.heads.set(id, {
      head: before !== undefined && isOlder(head, before.head) ? before.head : head,
      atMs: nowMs,
    })
    for (const [oldest, { atMs }] of this.heads) {
      if (this.heads.size <= mostKept && nowMs - atMs <= keptMs) break
      this.heads.delete(oldest)
    }
  }

  isBehind({ id }: StreamKey, state: NewestHead): boolean {
    const newest = this.heads.get(id)
    return newest !== undefined && isOlder(state, newest.head)
  }
}
