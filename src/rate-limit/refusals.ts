/** What the exchange has refused, as far as it holds one line back: a 429 of its own, and the 418s of its scope (C10.2). */
import type { Answer } from './answer'
import type { Gate } from './gate'
import { Hold } from './hold'
import type { Permit } from './permits'

export interface RefusalPorts {
  /** The blocks of all of its scope. */
  readonly gates: () => readonly Gate[]
  /** Those of them after which one request goes first of all lines that have them, this one too. */
  readonly firstOf: () => readonly Gate[]
}

export class Refusals {
  readonly held = new Hold()

  constructor(private readonly ports: RefusalPorts) {}

  /** When nothing of it holds the line back any more, as it stands now. */
  openAtMs(nowMs: number): number {
    return Math.max(this.heldUntilMs, this.givenUpAtMs(nowMs))
  }

  /** Until when the exchange said that nothing may go. */
  get heldUntilMs(): number {
    return Math.max(this.held.untilMs, this.blockedUntilMs)
  }

  get blockedUntilMs(): number {
    let untilMs = -Infinity
    for (const { blockedUntilMs } of this.ports.gates()) untilMs = Math.max(untilMs, blockedUntilMs)
    return untilMs
  }

  /** When the answer to what went first is waited for no longer. */
  givenUpAtMs(nowMs: number): number {
    return Math.max(this.held.caution.waitUntilMs(nowMs), this.blockGivenUpAtMs(nowMs))
  }

  /** A block holds the line back, or the answer to what went first after it is waited for. */
  isBlocked(nowMs: number): boolean {
    return this.blockedUntilMs > nowMs || this.blockGivenUpAtMs(nowMs) > nowMs
  }

  /** The answer that nothing goes because of; `undefined` where nothing holds the line back, or no answer said so. */
  by(nowMs: number): Answer | undefined {
    const { held } = this
    const gate = this.ports.gates().find(({ blockedUntilMs }) => blockedUntilMs > nowMs)
    return gate?.blockedBy ?? (held.untilMs > nowMs ? held.by : undefined)
  }

  /** A request goes. */
  goes(permit: Permit): void {
    this.held.caution.goes(permit)
    for (const { caution } of this.ports.firstOf()) caution.goes(permit)
  }

  /** A request is over, or has not gone. Returns whether other lines have waited for its answer too. */
  over(permit: Permit): boolean {
    this.held.caution.over(permit)
    return this.ports.firstOf().filter(({ caution }) => caution.over(permit)).length > 0
  }

  private blockGivenUpAtMs(nowMs: number): number {
    let untilMs = -Infinity
    for (const { caution } of this.ports.firstOf()) untilMs = Math.max(untilMs, caution.waitUntilMs(nowMs))
    return untilMs
  }
}
