/**
 * How much a client may ask: messages per connection, connects per address or key, REST calls per group. Source of
 * the numbers: docs.upbit.com, rate-limit page, read 2026-11.
 */
import { Penalty } from './penalty'

/** How much a client may ask in a second or a minute, and what follows when it asks for more. */
export interface LimitOptions {
  readonly messagesPerSecond: number
  readonly messagesPerMinute: number
  readonly connectsPerSecond: number
  /** Sockets open on `/private` at a time, of all keys. That there is a limit is documented, its number is not. */
  readonly privateSockets: number
  /** REST calls without an account: of each group and address. */
  readonly quotationPerSecond: number
  /** REST calls that read an account, or cancel an order of it: of each account. */
  readonly accountPerSecond: number
  /** Orders placed: of each account. */
  readonly ordersPerSecond: number
  /** Orders tested: of each account. */
  readonly orderTestsPerSecond: number
  /** Calls that cancel all open orders, in two seconds: of each account. */
  readonly cancelAllsPerTwoSeconds: number
  /** Length of the first block after repeated violations; each later one is twice as long. */
  readonly firstBlockMs: number
  /** With an `Origin` header: one connect, and one REST call, in this time. */
  readonly originPeriodMs: number
}

export const defaultLimits: LimitOptions = {
  messagesPerSecond: 5,
  messagesPerMinute: 100,
  connectsPerSecond: 5,
  privateSockets: Infinity,
  quotationPerSecond: 10,
  accountPerSecond: 30,
  ordersPerSecond: 12,
  orderTestsPerSecond: 8,
  cancelAllsPerTwoSeconds: 1,
  firstBlockMs: 60_000,
  originPeriodMs: 10_000,
}

export const noLimits: LimitOptions = {
  messagesPerSecond: Infinity,
  messagesPerMinute: Infinity,
  connectsPerSecond: Infinity,
  privateSockets: Infinity,
  quotationPerSecond: Infinity,
  accountPerSecond: Infinity,
  ordersPerSecond: Infinity,
  orderTestsPerSecond: Infinity,
  cancelAllsPerTwoSeconds: Infinity,
  firstBlockMs: 0,
  originPeriodMs: 0,
}

/** At most `limit` in a window of `periodMs`, counted by the clock (`fixed`) or backwards from now (`sliding`). */
export class RateWindow {
  private taken: number[] = []

  constructor(
    private readonly limit: number,
    private readonly periodMs: number,
    private readonly window: 'fixed' | 'sliding',
  ) {}

  /** Takes one if there is one left. What is refused does not count. */
  take(nowMs: number): boolean {
    if (this.limit === Infinity) return true
    this.forget(nowMs)
    if (this.taken.length >= this.limit) return false
    this.taken.push(nowMs)
    return true
  }

  /** How many are left now. */
  left(nowMs: number): number {
    this.forget(nowMs)
    return this.limit - this.taken.length
  }

  private forget(nowMs: number): void {
    const since =
      this.window === 'fixed' ? Math.floor(nowMs / this.periodMs) * this.periodMs : nowMs - this.periodMs + 1
    if ((this.taken[0] ?? since) < since) this.taken = this.taken.filter((takenMs) => takenMs >= since)
  }
}

/** With an `Origin` header: one in a period, whatever it is. */
export class OriginLimit {
  private readonly lastMs = new Map<string, number>()

  constructor(private readonly periodMs: number) {}

  take(address: string, nowMs: number): boolean {
    const lastMs = this.lastMs.get(address)
    if (lastMs !== undefined && nowMs - lastMs < this.periodMs) return false
    this.lastMs.set(address, nowMs)
    return true
  }
}

/** The two windows of a connection's messages. */
export class MessageLimit {
  private readonly second: RateWindow
  private readonly minute: RateWindow

  constructor(limits: LimitOptions, window: 'fixed' | 'sliding') {
    this.second = new RateWindow(limits.messagesPerSecond, 1_000, window)
    this.minute = new RateWindow(limits.messagesPerMinute, 60_000, window)
  }

  take(nowMs: number): boolean {
    return this.second.take(nowMs) && this.minute.take(nowMs)
  }
}

/** The verdict on a connect. */
export type ConnectVerdict =
  | { readonly kind: 'allowed'; readonly leftThisSecond: number }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'blocked'; readonly untilMs: number }

interface Scope {
  readonly connects: RateWindow
  readonly penalty: Penalty
}

/** The connect limit of every address and key, and their blocks. */
export class ConnectLimit {
  private readonly scopes = new Map<string, Scope>()
  private readonly origins: OriginLimit

  constructor(
    private readonly limits: LimitOptions,
    private readonly window: 'fixed' | 'sliding',
  ) {
    this.origins = new OriginLimit(limits.originPeriodMs)
  }

  connect(scopeName: string, nowMs: number): ConnectVerdict {
    const scope = this.scope(scopeName)
    const { connects, penalty } = scope
    if (nowMs < penalty.blockedUntilMs) return { kind: 'blocked', untilMs: penalty.blockedUntilMs }
    if (connects.take(nowMs)) return { kind: 'allowed', leftThisSecond: connects.left(nowMs) }
    penalty.violated(nowMs)
    return nowMs < penalty.blockedUntilMs
      ? { kind: 'blocked', untilMs: penalty.blockedUntilMs }
      : { kind: 'too-many' }
  }

  /** Whether a connect with an `Origin` header is allowed from this address. */
  connectWithOrigin(address: string, nowMs: number): boolean {
    return this.origins.take(address, nowMs)
  }

  /** Notes a violation by something else than a connect. */
  violated(scopeName: string, nowMs: number): void {
    this.scope(scopeName).penalty.violated(nowMs)
  }

  private scope(name: string): Scope {
    let scope = this.scopes.get(name)
    if (scope === undefined) {
      scope = {
        connects: new RateWindow(this.limits.connectsPerSecond, 1_000, this.window),
        penalty: new Penalty(this.limits.firstBlockMs),
      }
      this.scopes.set(name, scope)
    }
    return scope
  }
}
