/** Counts schema drift by name. Names come from the network, so their number is bounded. */
import type { ConnectionCounters } from './counters'

const mostNames = 1000
/** What is beyond is counted under one name. */
const furtherNames = '(further names)'

export class DriftCounter {
  private readonly names: Set<string>

  constructor(
    private readonly drift: ConnectionCounters['drift'],
    /** Told once a name. */
    private readonly tell: (name: string) => void,
  ) {
    this.names = new Set(Object.keys(drift))
  }

  count(found: string): void {
    const isFull = this.drift[found] === undefined && this.names.size >= mostNames
    const name = isFull ? furtherNames : found
    const seen = this.drift[name] ?? 0
    this.drift[name] = seen + 1
    if (seen > 0) return
    this.names.add(name)
    this.tell(name)
  }
}
