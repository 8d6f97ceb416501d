/** What the answers of a host taught about its groups. Kept for hours: forgotten, it would be learned anew by refusals. */
import * as documented from './documented-limits'

/** Since the last answer that taught it, or showed that it is still so. */
const keptMs = 6 * 3_600_000

/** Names that answers may teach; more than that are no names of limits. */
const mostAliases = 50

const known = new Map(documented.knownAliases)

export class Learned {
  private readonly aliases = new Map(known)
  private learnedAtMs = -Infinity
  private origin = false

  constructor(private readonly now: () => number) {}

  /** An answer said so: the calls of this process carry an `Origin`. */
  get sendsOrigin(): boolean {
    return this.origin
  }

  /** The exchange's name of a group. */
  meantBy(group: string): string {
    return this.aliases.get(group) ?? group
  }

  /** Quotation calls are counted by their `Origin`. */
  isOfOrigin(): void {
    this.origin = true
    this.learnedAtMs = this.now()
  }

  /** An answer in `group` names another one; returns which of the exchange's groups that is. */
  named(named: string, group: string): string {
    const meant = this.aliases.get(named) ?? (documented.isDocumented(named) ? named : undefined)
    if (meant === undefined) {
      this.alias(named, this.meantBy(group))
      return this.meantBy(group)
    }
    // Whoever asked used a name of its own: from now on it means the exchange's.
    if (!documented.isDocumented(group)) this.alias(group, meant)
    return meant
  }

  isIdle(nowMs: number): boolean {
    return this.learnedAtMs + keptMs <= nowMs
  }

  private alias(name: string, group: string): void {
    if (name === group || known.get(name) === group) return
    if (this.aliases.size >= mostAliases && !this.aliases.has(name)) return
    this.aliases.set(name, group)
    this.learnedAtMs = this.now()
  }
}
