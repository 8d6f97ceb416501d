/** Fetches of one entry, one at a time: each begins when the one before it was done, or given up. */
import type { GapFill } from './gap-fill'

export class FetchQueue {
  /** The first of each is under way, or about to be. */
  private readonly waiting = new Map<string, readonly GapFill[]>()

  add(id: string, fetch: GapFill): void {
    this.waiting.set(id, [...(this.waiting.get(id) ?? []), fetch])
  }

  /** Begins it, if it is its turn. */
  start(id: string, fetch: GapFill): void {
    if (this.waiting.get(id)?.[0] === fetch) fetch.start()
  }

  /** One that was done, or given up: perhaps before its turn came. */
  done(id: string, fetch: GapFill): void {
    const before = this.waiting.get(id) ?? []
    const left = before.filter((each) => each !== fetch)
    if (left.length === 0) this.waiting.delete(id)
    else this.waiting.set(id, left)
    if (before[0] === fetch) left[0]?.start()
  }
}
