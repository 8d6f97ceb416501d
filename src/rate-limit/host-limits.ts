/** The budgets of one host: its lines by scope and group, its blocks, and what its answers taught about them. */
import type { Environment } from '../base/environment'
import type { Answer } from './answer'
import { longestText, remainingReqOf, waitStatedBy } from './answer'
import type { Budget } from './budget'
import * as documented from './documented-limits'
import { Gate } from './gate'
import { Learned } from './learned'
import { Line } from './line'
import type { Permit, Window } from './permits'

export interface HostConfig {
  readonly host: string
  readonly environment: Environment
  readonly now: () => number
  /** What the process has declared as its share of each budget. */
  readonly share: () => number
}

/** Whose call it is, and in which group by the caller's word. */
export interface CallPlace {
  readonly group: string
  /** `'address'`, or the account. */
  readonly scope: string
  /** Whose it is if an answer has taught that the group is counted by account. */
  readonly account?: string | undefined
}

/** A line, with the scope and the group that it is really of. */
export interface Entry {
  readonly scope: string
  readonly group: string
  readonly line: Line
}

/** What the account that was met first is called here. */
const firstAccount = 'account'

/** What is remembered of an answer that refuses. */
function remembered({ status, body = '' }: Answer): Answer {
  return { status, headers: {}, body: body.slice(0, longestText) }
}

export class HostLimits {
  readonly #config: HostConfig
  /** Keyed by what may be a secret, so private: no inspector shows it (C8.3). */
  readonly #entries = new Map<string, Entry>()
  readonly #gates = new Map<string, Gate>()
  readonly #learned: Learned
  #first: string | undefined

  constructor(config: HostConfig) {
    this.#config = config
    this.#learned = new Learned(config.now)
  }

  /** The line of dials; in a browser, that of everything which is counted by its `Origin`. */
  dials(sendsOrigin: boolean): Line {
    const group = sendsOrigin ? documented.originGroup : documented.dialGroup
    return this.#entry('address', group).line
  }

  /** What an account's own dials are held back by; they stand in the line of all dials too. */
  accountDials(account: string): Entry {
    return this.#entry(this.#accountOf(account), documented.dialGroup)
  }

  /** The line of a REST call, by whichever name of its group, as far as that is known by now. */
  calls(place: CallPlace, sendsOrigin: boolean): Entry {
    const group = this.#learned.meantBy(place.group)
    const scope = this.#scopeOf(group, place)
    const isOrigin = scope === 'address' && (sendsOrigin || this.#learned.sendsOrigin)
    return this.#entry(scope, isOrigin ? documented.originGroup : group)
  }

  /** What an answer teaches about the line that it was asked for in, and the one that it names. */
  learn(asked: Entry, place: CallPlace, permit: Permit, answer: Answer): void {
    const { group: named, sec } = remainingReqOf(answer)
    const meant = this.#entryNamed(named, place) ?? asked
    if (meant !== asked) meant.line.took()
    const { status } = answer
    for (const { line, scope } of new Set([asked, meant])) {
      if (status === 418) continue
      if (status === 429) line.refused(permit, waitStatedBy(answer), remembered(answer))
      else this.passed(line, scope, permit)
    }
    if (status === 418) this.block(asked.scope, waitStatedBy(answer), remembered(answer))
    if (sec !== undefined) meant.line.left(sec, permit)
  }

  /** What went with this permit was let in. */
  passed(line: Line, scope: string, permit: Permit): void {
    line.passed(permit)
    for (const gate of this.#gatesOf(scope)) gate.passed(permit.takenAtMs)
  }

  /** HTTP 418: nothing of this scope goes before `statedMs` have passed, or what doubling says; returns how long. */
  block(scope: string, statedMs: number | undefined, answer?: Answer): number {
    let gate = this.#gates.get(scope)
    if (gate === undefined) this.#gates.set(scope, (gate = new Gate()))
    const blockMs = gate.block(statedMs, this.#config.now(), answer)
    this.move()
    return blockMs
  }

  /** Something changed for all lines. */
  move(): void {
    for (const { line } of [...this.#entries.values()]) line.move()
  }

  budgets(): readonly Budget[] {
    return [...this.#entries.values()].map(({ line, scope, group }) =>
      line.budgetOf(this.#config.host, scope, group),
    )
  }

  /** Forgets what has no say any more; returns whether that is all. */
  prune(nowMs: number): boolean {
    for (const [key, { line }] of this.#entries) if (line.isIdle(nowMs)) this.#entries.delete(key)
    for (const [scope, gate] of this.#gates) if (gate.isIdle(nowMs)) this.#gates.delete(scope)
    const scopes = [...[...this.#entries.values()].map(({ scope }) => scope), ...this.#gates.keys()]
    if (scopes.every((scope) => scope === 'address')) this.#first = undefined
    return scopes.length === 0 && this.#learned.isIdle(nowMs)
  }

  #entry(scope: string, group: string): Entry {
    const key = `${scope}\n${group}`
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      const { environment, now, share } = this.#config
      const windows = this.#windowsOf(scope, group)
      const line = new Line({
        environment,
        now,
        windows: () => windows.map((window) => documented.shareOf(window, share())),
        gates: () => this.#gatesOf(scope),
        // An account's dial is one of its address only in the line of all dials, else it would wait there for itself.
        firstOf: () => this.#gatesOf(scope, group === documented.dialGroup ? [scope] : undefined),
        freed: () => this.move(),
      })
      this.#entries.set(key, (entry = { scope, group, line }))
    }
    return entry
  }

  #windowsOf(scope: string, group: string): readonly Window[] {
    if (group === documented.dialGroup) return documented.dialWindows
    if (group === documented.originGroup) return documented.originWindows
    return documented.restWindows(this.#config.host, group, scope === 'address' ? 'address' : 'account')
  }

  /** The line that an answer names, where it names one. */
  #entryNamed(named: string | undefined, place: CallPlace): Entry | undefined {
    if (named === undefined) return undefined
    if (named === documented.originGroup) {
      if (this.#scopeOf(this.#learned.meantBy(place.group), place) === 'address') this.#learned.isOfOrigin()
      return this.#entry('address', named)
    }
    const group = this.#learned.named(named, place.group)
    return this.calls({ ...place, group }, false)
  }

  /** The exchange's groups have their scope; any other is taken at its caller's word. */
  #scopeOf(group: string, { scope, account }: CallPlace): string {
    if (documented.isOfAccount(group)) return this.#accountOf(scope === 'address' ? account : scope)
    return scope === 'address' || documented.isDocumented(group) ? 'address' : this.#accountOf(scope)
  }

  /** Whoever has no keys here calls with keys from elsewhere: it is taken for the account that was met first. */
  #accountOf(account: string | undefined): string {
    if (account === undefined) return firstAccount
    this.#first ??= account
    return account === this.#first ? firstAccount : `of ${account}`
  }

  /** An address that is blocked blocks all of its accounts. */
  #gatesOf(scope: string, scopes = scope === 'address' ? [scope] : ['address', scope]): readonly Gate[] {
    return scopes.flatMap((each) => this.#gates.get(each) ?? [])
  }
}
