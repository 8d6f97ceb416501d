/**
 * Which entries a refused request is to blame on, found by halving (C9.6). Pure: it says what to probe next, is told how
 * that went, and answers with what is known by then. Nothing is inferred: guilty is only what was refused alone, as often as
 * it takes to prove it, so that no innocent one is ever blamed (docs/adr/0016).
 */
import type { ServerError } from '../protocol/control'

interface Suspect {
  readonly id: string
}

/** What a verdict has made certain. */
export interface Findings<K> {
  readonly innocent: readonly K[]
  /** Refused alone, which was proof. */
  readonly guilty: readonly { readonly key: K; readonly error: ServerError }[]
  /** Refused together, while each part of it passed. */
  readonly together: readonly { readonly keys: readonly K[]; readonly error: ServerError }[]
}

/** Entries that were refused together, of which parts are still to be probed. */
interface Refused<K> {
  readonly keys: readonly K[]
  readonly error: ServerError
  readonly within: Refused<K> | undefined
  open: number
  /** Something in it is to blame, or left before that was known. */
  explained: boolean
}

/** Entries to be probed in one message. */
interface Group<K> {
  keys: readonly K[]
  readonly within: Refused<K> | undefined
}

interface Found<K> extends Findings<K> {
  readonly innocent: K[]
  readonly guilty: { key: K; error: ServerError }[]
  readonly together: { keys: readonly K[]; error: ServerError }[]
}

export class PoisonSearch<K extends Suspect> {
  private groups: readonly Group<K>[] = []
  private readonly ids = new Set<string>()
  private current: { readonly group: Group<K>; isWhole: boolean } | undefined

  /** `proves`: it was refused alone; is that proof enough? If not it is probed alone again. */
  constructor(private readonly proves: (id: string) => boolean) {}

  has(id: string): boolean {
    return this.ids.has(id)
  }

  get suspects(): ReadonlySet<string> {
    return this.ids
  }

  /** One of these may be to blame; with `refusal` these, and nothing else, were what was new in a refused request. */
  suspect(keys: readonly K[], refusal?: ServerError): Findings<K> {
    const found = nothingYet<K>()
    const fresh = keys.filter(({ id }) => !this.ids.has(id)).sort(byId)
    for (const { id } of fresh) this.ids.add(id)
    // One by itself is probed all the same, as is what others of the request are in the search with: the error may mean
    // the message before, or be the exchange's own trouble.
    const group = { keys: fresh, within: undefined }
    if (refusal !== undefined && fresh.length > 1 && fresh.length === keys.length)
      this.divide(group, refusal, found)
    else this.enter(group)
    return found
  }

  /** What to probe now, most at once first; the verdict that comes next is on it. `undefined`: the search is over. */
  next(): readonly K[] | undefined {
    let group: Group<K> | undefined
    for (const other of this.groups)
      if (group === undefined || other.keys.length > group.keys.length) group = other
    this.current = group && { group, isWhole: true }
    return group?.keys
  }

  /** What is probed was accepted. */
  passed(): Findings<K> {
    const found = nothingYet<K>()
    const probed = this.take()
    if (probed === undefined) return found
    const { keys, within } = probed.group
    for (const key of keys) this.ids.delete(key.id)
    found.innocent.push(...keys)
    this.settle(within, false, found)
    return found
  }

  /** What is probed was refused. */
  refused(error: ServerError): Findings<K> {
    const found = nothingYet<K>()
    const probed = this.take()
    if (probed === undefined) return found
    // Who left meanwhile may have been the one to blame.
    if (probed.isWhole) this.divide(probed.group, error, found)
    else this.enter(probed.group)
    return found
  }

  /** Entries that nobody wants any more are searched no longer. */
  retain(isWanted: (id: string) => boolean): Findings<K> {
    const found = nothingYet<K>()
    if ([...this.ids].every(isWanted)) return found
    for (const group of [...this.groups]) {
      const kept = group.keys.filter(({ id }) => isWanted(id))
      if (kept.length === group.keys.length) continue
      group.keys = kept
      if (group.within !== undefined) group.within.explained = true
      if (this.current?.group === group) this.current.isWhole = false
      if (kept.length > 0) continue
      this.leave(group)
      this.settle(group.within, true, found)
    }
    for (const id of [...this.ids]) if (!isWanted(id)) this.ids.delete(id)
    return found
  }

  /** The group that a verdict is on; it is in the list until then, so that a search goes on after a broken probe. */
  private take(): { readonly group: Group<K>; readonly isWhole: boolean } | undefined {
    const { current } = this
    if (current === undefined || !this.groups.includes(current.group)) return undefined
    this.leave(current.group)
    return current
  }

  private enter(group: Group<K>): void {
    if (group.keys.length > 0) this.groups = [...this.groups, group]
  }

  private leave(group: Group<K>): void {
    this.groups = this.groups.filter((other) => other !== group)
    if (this.current?.group === group) this.current = undefined
  }

  private divide({ keys, within }: Group<K>, error: ServerError, found: Found<K>): void {
    const [only, another] = keys
    if (only === undefined) return
    if (another === undefined) {
      if (!this.proves(only.id)) {
        // Next of all that are alone, so that few at a time are half proven.
        this.groups = [{ keys, within }, ...this.groups]
        return
      }
      this.ids.delete(only.id)
      found.guilty.push({ key: only, error })
      this.settle(within, true, found)
      return
    }
    const refused: Refused<K> = { keys, error, within, open: 2, explained: false }
    for (const part of partsOf(keys, within === undefined ? error.message : '')) {
      this.enter({ keys: part, within: refused })
    }
  }

  /** A part of these has its verdict. */
  private settle(refused: Refused<K> | undefined, isExplained: boolean, found: Found<K>): void {
    if (refused === undefined) return
    refused.explained ||= isExplained
    if (--refused.open > 0) return
    if (!refused.explained) found.together.push(refused)
    // A part that is refused together is what the whole was refused for.
    this.settle(refused.within, true, found)
  }
}

/** Two parts: what the exchange's own words name against the rest, else halves. The words are a hint, no verdict. */
function partsOf<K extends Suspect>(keys: readonly K[], said: string): readonly (readonly K[])[] {
  const named = keys.filter(({ id }) => id.split(/[ @]/).some((word) => mentions(said, word)))
  if (named.length > 0 && named.length < keys.length) {
    return [named, keys.filter((key) => !named.includes(key))]
  }
  const middle = Math.ceil(keys.length / 2)
  return [keys.slice(0, middle), keys.slice(middle)]
}

/** As a word of its own: a `KRW-A` is not meant where `KRW-ABC` is. */
function mentions(said: string, word: string): boolean {
  return said.split(/[^\w.-]+/).includes(word)
}

/** Types stay together, so that a type that is refused as a whole is found as one half. */
function byId(a: Suspect, b: Suspect): number {
  return a.id < b.id ? -1 : 1
}

function nothingYet<K>(): Found<K> {
  return { innocent: [], guilty: [], together: [] }
}
