/**
 * The one limiter of a process (C11): for all managers and both builds, since the exchange counts an address and an
 * account, not a client. Budgets are kept by host, scope and group, so a simulator never waits for the exchange.
 */
import { realEnvironment, type Environment } from '../base/environment'
import { realmSlot } from '../base/realm'
import { steadyClock } from '../base/steady-clock'
import type { Budget } from './budget'
import { HostLimits } from './host-limits'
import type { MessagePorts } from './message-budget'
import { MessageBudget } from './message-budget'

/** Looking for what may be forgotten takes time too. */
const pruneEveryMs = 1000

export class RateLimiter {
  readonly #environment: Environment
  readonly #now: () => number
  readonly #hosts = new Map<string, HostLimits>()
  readonly #messages = new Map<MessageBudget, string>()
  readonly #shares = new Map<object, number>()
  #prunedAtMs: number
  #toldOrigin = false

  constructor(environment: Environment) {
    this.#environment = environment
    this.#now = steadyClock(environment)
    this.#prunedAtMs = this.#now()
  }

  /** The budgets of a host. To be asked for each time: what has no say any more is forgotten. */
  host(host: string): HostLimits {
    const nowMs = this.#now()
    if (nowMs - this.#prunedAtMs >= pruneEveryMs) this.#prune(nowMs)
    let limits = this.#hosts.get(host)
    if (limits === undefined) {
      limits = new HostLimits({
        host,
        environment: this.#environment,
        now: this.#now,
        share: () => this.#share,
      })
      this.#hosts.set(host, limits)
    }
    return limits
  }

  /** The budget of a connection that has opened, until `close()`. */
  messages(host: string, ports: MessagePorts): MessageBudget {
    const budget = new MessageBudget({
      ...ports,
      now: this.#now,
      closed: () => this.#messages.delete(budget),
    })
    this.#messages.set(budget, host)
    return budget
  }

  /**
   * Whoever owns a client declares which part of each budget is this process's, until `releaseShare`. Returns false
   * where another one has declared another part.
   */
  declareShare(owner: object, share: number): boolean {
    for (const [other, declared] of this.#shares) if (other !== owner && declared !== share) return false
    this.#shares.set(owner, share)
    return true
  }

  releaseShare(owner: object): void {
    if (!this.#shares.delete(owner) || this.#shares.size > 0) return
    for (const host of this.#hosts.values()) host.move()
  }

  /** Whether nothing has waited for the limit of an `Origin` before (C8.2). */
  isFirstOriginWait(): boolean {
    const isFirst = !this.#toldOrigin
    this.#toldOrigin = true
    return isFirst
  }

  /** Every budget that is in use, or was a moment ago. */
  budgets(): readonly Budget[] {
    return [
      ...[...this.#hosts.values()].flatMap((host) => host.budgets()),
      ...[...this.#messages].map(([budget, host]) => budget.budgetOf(host)),
    ]
  }

  /** How many hosts are remembered. */
  get hosts(): number {
    return this.#hosts.size
  }

  get #share(): number {
    const [share = 1] = this.#shares.values()
    return share
  }

  #prune(nowMs: number): void {
    this.#prunedAtMs = nowMs
    for (const [name, host] of this.#hosts) if (host.prune(nowMs)) this.#hosts.delete(name)
  }
}

/**
 * The limiter of a clock: a virtual clock has its own, the real one serves the whole process. Kept by the realm, since
 * each copy of the package has a real clock of its own.
 */
export function limiterOf(environment: Environment): RateLimiter {
  if (environment === realEnvironment) return realmSlot('limiter', () => new RateLimiter(environment))
  const limiters = realmSlot('limiters', () => new WeakMap<Environment, RateLimiter>())
  let limiter = limiters.get(environment)
  if (limiter === undefined) limiters.set(environment, (limiter = new RateLimiter(environment)))
  return limiter
}
