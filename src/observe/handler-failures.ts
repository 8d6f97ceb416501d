/** How often the handler of each consumer failed in the last minute, by the consumer's name. */
import { SecondCounts } from './second-counts'

/** Names that are remembered; beyond that the one that has failed for the first time longest ago is forgotten. */
const most = 1000

export class HandlerFailures {
  private readonly byName = new Map<string, SecondCounts>()

  add(consumer: string, nowMs: number): void {
    let counts = this.byName.get(consumer)
    if (counts === undefined) {
      this.byName.set(consumer, (counts = new SecondCounts()))
      const [oldest] = this.byName.keys()
      if (this.byName.size > most && oldest !== undefined) this.byName.delete(oldest)
    }
    counts.add(nowMs)
  }

  /** Those that have failed within the window. */
  recent(nowMs: number): readonly (readonly [consumer: string, count: number])[] {
    return [...this.byName].flatMap(([consumer, counts]) => {
      const count = counts.recent(nowMs)
      return count === 0 ? [] : [[consumer, count] as const]
    })
  }
}
