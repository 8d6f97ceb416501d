/**
 * How often each entry was refused with nothing else new, remembered for ten minutes. The exchange may send an error by
 * itself in that very second, so once proves nothing: guilty is what it hit twice (docs/adr/0016).
 */

/** What an entry was probed beside: nothing, or what the main connection has. */
export type Surroundings = 'alone' | 'in company'

interface Refusals {
  /** With nothing else new: by itself on a probe, or beside what is accepted. */
  times: number
  /** With others, on the main connection, after each of them had passed a probe. */
  groups: number
  surroundings: Surroundings
  untilMs: number
}

const provenAt = 2
/** One may have been for another of the group, or for the exchange's own trouble; there is an end to it all the same. */
const mostGroups = 3
const rememberedMs = 600_000
const mostRemembered = 1000

export class RefusalMemory {
  private readonly refusals = new Map<string, Refusals>()

  constructor(private readonly now: () => number) {}

  /** It was refused with nothing else new; returns whether it is to blame by now. */
  refused(id: string, surroundings: Surroundings): boolean {
    const found = this.of(id, surroundings)
    return ++found.times >= provenAt
  }

  /** It passed a probe, was refused on the main connection with others that had; returns whether it has to go. */
  refusedAmong(id: string): boolean {
    const found = this.of(id, 'in company')
    if (++found.groups < mostGroups) return false
    found.times = Math.max(found.times, provenAt)
    return true
  }

  /** It passed a probe. What the main connection has against it is not gone by that. */
  passed(id: string, surroundings: Surroundings): void {
    const found = this.refusals.get(id)
    if (found === undefined) return
    if (surroundings === 'alone') this.refusals.delete(id)
    else found.times = Math.min(found.times, provenAt - 1)
  }

  /** These were accepted on the main connection. */
  accepted(ids: ReadonlySet<string>): void {
    for (const id of [...this.refusals.keys()]) if (ids.has(id)) this.refusals.delete(id)
  }

  isProven(id: string): boolean {
    return (this.refusals.get(id)?.times ?? 0) >= provenAt
  }

  /** Who was found guilty a while ago, and beside what. */
  get proven(): readonly (readonly [string, Surroundings])[] {
    const nowMs = this.now()
    for (const [id, { untilMs }] of [...this.refusals]) if (untilMs <= nowMs) this.refusals.delete(id)
    return [...this.refusals]
      .filter(([, { times }]) => times >= provenAt)
      .map(([id, { surroundings }]) => [id, surroundings])
  }

  private of(id: string, surroundings: Surroundings): Refusals {
    let found = this.refusals.get(id)
    if (found === undefined) {
      // Begun anew rather than grown for ever; what is forgotten is refused once more.
      if (this.refusals.size === mostRemembered) this.refusals.clear()
      found = { times: 0, groups: 0, surroundings, untilMs: 0 }
      this.refusals.set(id, found)
    }
    // Who is refused beside others need not be refused alone.
    if (surroundings === 'in company') found.surroundings = surroundings
    found.untilMs = this.now() + rememberedMs
    return found
  }
}
