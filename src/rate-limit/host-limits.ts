/** The budgets of one host: its lines by scope and group, its blocks, and what its answers taught about them. */
import type { Environment } from '../base/environment'
import type { Answer } from './answer'
import { remainingReqOf, waitStatedBy } from './answer'
import type { Budget } from './budget'
import * as documented from './documented-limits'
import { Gate } from './gate'
import { Line } from './line'
import type { Permit, Window } from './permits'

export interface HostConfig {
  readonly host: string
  readonly environment: Environment
  readonly now: () => number
  /** What the process has declared as its share of each budget. */
  readonly share: () => number
}

interface Entry {
  readonly scope: string
  readonly group: string
  readonly line: Line
}

/** Of an answer that refuses, only so much is remembered. */
const longestText = 4096

function remembered({ status, body = '' }: Answer): Answer {
  return { status, headers: {}, body: body.slice(0, longestText) }
}

/** Names that answers may teach; more than that are no names of limits. */
const mostAliases = 50

export class HostLimits {
  readonly #config: HostConfig
  /** Keyed by what may be a secret, so private: no inspector shows it (C8.3). */
  readonly #entries = new Map<string, Entry>()
  readonly #gates = new Map<string, Gate>()
  readonly #aliases = new Map<string, string>(documented.knownAliases)
  /** An answer said so: the calls of this process carry an `Origin`. */
  #isOrigin = false

  constructor(config: HostConfig) {
    this.#config = config
  }

  /** The line of dials; in a browser, that of everything which is counted by its `Origin`. */
  dials(sendsOrigin: boolean): Line {
    const group = sendsOrigin ? documented.originGroup : documented.dialGroup
    return this.#line('address', group)
  }

  /** The line of a REST group, by whichever of its names. */
  calls(scope: string, group: string, sendsOrigin: boolean): Line {
    const isOrigin = scope === 'address' && (sendsOrigin || this.#isOrigin)
    return this.#line(scope, isOrigin ? documented.originGroup : (this.#aliases.get(group) ?? group))
  }

  /** What an answer teaches about the line that it was asked for in. */
  learn(line: Line, scope: string, group: string, permit: Permit, answer: Answer): void {
    const { status } = answer
    if (status === 418) this.block(scope, waitStatedBy(answer), remembered(answer))
    else if (status === 429) line.refused(permit, waitStatedBy(answer), remembered(answer))
    else this.passed(line, scope, permit)
    const { group: named, sec } = remainingReqOf(answer)
    if (named === documented.originGroup && scope === 'address') this.#isOrigin = true
    const meant = this.#lineNamed(named, scope, group) ?? line
    if (sec !== undefined) meant.left(sec, permit)
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
    return this.#entries.size === 0 && this.#gates.size === 0
  }

  #line(scope: string, group: string): Line {
    const key = `${scope}\n${group}`
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      const { environment, now, share } = this.#config
      const windows = this.#windowsOf(scope, group)
      const line = new Line({
        environment,
        now,
        windows: () => windows.map((window) => documented.shareOf(window, share())),
        blockedUntilMs: (asked) =>
          Math.max(...this.#gatesOf(asked).map((gate) => gate.blockedUntilMs), -Infinity),
        blockedBy: (asked) => {
          const nowMs = now()
          return this.#gatesOf(asked).find((gate) => gate.blockedUntilMs > nowMs)?.blockedBy
        },
      })
      this.#entries.set(key, (entry = { scope, group, line }))
    }
    return entry.line
  }

  #windowsOf(scope: string, group: string): readonly Window[] {
    if (group === documented.dialGroup) return documented.dialWindows
    if (group === documented.originGroup) return documented.originWindows
    return documented.restWindows(this.#config.host, group, scope === 'address' ? 'address' : 'account')
  }

  /** The line that an answer names, where that is another one than was asked for. */
  #lineNamed(named: string | undefined, scope: string, group: string): Line | undefined {
    if (named === undefined || named === group) return undefined
    const known = this.#aliases.get(named) ?? (documented.isDocumented(named) ? named : undefined)
    if (known !== undefined || named === documented.originGroup) {
      // Whoever asked used a name of its own: from now on it means the exchange's.
      if (known !== undefined && !documented.isDocumented(group)) this.#alias(group, known)
      return this.#line(scope, known ?? named)
    }
    this.#alias(named, this.#aliases.get(group) ?? group)
    return undefined
  }

  #alias(name: string, group: string): void {
    if (name !== group && this.#aliases.size < mostAliases) this.#aliases.set(name, group)
  }

  /** An address that is blocked blocks all of its accounts. */
  #gatesOf(scope: string): readonly Gate[] {
    const scopes = scope === 'address' ? [scope] : ['address', scope]
    return scopes.flatMap((each) => this.#gates.get(each) ?? [])
  }
}
