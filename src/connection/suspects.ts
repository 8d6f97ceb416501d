/**
 * Entries of which some are to blame for a refusal: searched first each for itself, and those that passed, and were
 * refused on the main connection all the same, beside what that has. Both searches take two refusals for a proof.
 */
import type { ServerError } from '../protocol/control'
import type { StreamKey } from '../registry/stream-key'
import type { Findings } from './poison-search'
import { PoisonSearch } from './poison-search'
import type { RefusalMemory, Surroundings } from './refusal-memory'

type Found = Findings<StreamKey>

export class Suspects {
  private readonly searches: Readonly<Record<Surroundings, PoisonSearch<StreamKey>>>
  /** Where the next verdict belongs. */
  private asked: Surroundings = 'alone'

  constructor(private readonly memory: RefusalMemory) {
    const search = (surroundings: Surroundings): PoisonSearch<StreamKey> =>
      new PoisonSearch((id) => memory.refused(id, surroundings))
    this.searches = { alone: search('alone'), 'in company': search('in company') }
  }

  has(id: string): boolean {
    const { alone, 'in company': inCompany } = this.searches
    return alone.has(id) || inCompany.has(id)
  }

  of(surroundings: Surroundings): ReadonlySet<string> {
    return this.searches[surroundings].suspects
  }

  get ids(): ReadonlySet<string> {
    const [alone, inCompany] = [this.of('alone'), this.of('in company')]
    if (inCompany.size === 0) return alone
    return new Set([...alone, ...inCompany])
  }

  /** One of these may be to blame; with `refusal` these, and nothing else, were what was new in a refused request. */
  suspect(keys: readonly StreamKey[], refusal?: ServerError): Found {
    const [only, another] = keys
    // The probe is to be the second proof.
    if (refusal !== undefined && another === undefined && only !== undefined)
      this.memory.refused(only.id, 'alone')
    return this.searches.alone.suspect(keys, refusal)
  }

  /** The same of those that pass a probe: it was by chance, or because of what the main connection has already. */
  suspectBack(keys: readonly StreamKey[], refusal?: ServerError): Found {
    const search = this.searches['in company']
    if (refusal === undefined) return search.suspect(keys)
    const proves = ({ id }: StreamKey): boolean =>
      keys.length === 1 ? this.memory.refused(id, 'in company') : this.memory.refusedAmong(id)
    const guilty = new Set(keys.filter(proves))
    const rest = keys.filter((key) => !guilty.has(key))
    // What was refused is explained by who is guilty; the others are not to be halved for it.
    const found = search.suspect(rest, guilty.size === 0 ? refusal : undefined)
    return { ...found, guilty: [...guilty].map((key) => ({ key, error: refusal })) }
  }

  /** Suspects those again that were found guilty a while ago, if somebody wants them; returns whether there are any. */
  suspectProven(wantedOf: (ids: readonly string[]) => readonly StreamKey[]): boolean {
    const { proven } = this.memory
    for (const surroundings of ['alone', 'in company'] as const) {
      const ids = proven.filter(([id, where]) => where === surroundings && !this.has(id)).map(([id]) => id)
      if (ids.length > 0) this.searches[surroundings].suspect(wantedOf(ids))
    }
    return proven.length > 0
  }

  /** Whether each was found guilty before. */
  get areKnown(): boolean {
    return [...this.ids].every((id) => this.memory.isProven(id))
  }

  next(surroundings: Surroundings): readonly StreamKey[] | undefined {
    this.asked = surroundings
    return this.searches[surroundings].next()
  }

  passed(): Found {
    const found = this.searches[this.asked].passed()
    for (const { id } of found.innocent) this.memory.passed(id, this.asked)
    return found
  }

  refused(error: ServerError): Found {
    return this.searches[this.asked].refused(error)
  }

  retain(isWanted: (id: string) => boolean): readonly Found[] {
    return Object.values(this.searches).map((search) => search.retain(isWanted))
  }
}
