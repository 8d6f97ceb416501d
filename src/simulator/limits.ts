/**
 * How much a client may ask: messages per connection, connects per address or key, and the block that repeated
 * violations earn. Source of the numbers: docs.upbit.com, rate-limit page, read 2026-11; the block's length is
 * documented only as growing, so 60 s doubling is ours.
 */

export interface LimitOptions {
  readonly messagesPerSecond: number
  readonly messagesPerMinute: number
  readonly connectsPerSecond: number
  /** Length of the first block after repeated violations; each later one is twice as long. */
  readonly firstBlockMs: number
  /** With an `Origin` header: one connect in this time. */
  readonly originPeriodMs: number
}

export const defaultLimits: LimitOptions = {
  messagesPerSecond: 5,
  messagesPerMinute: 100,
  connectsPerSecond: 5,
  firstBlockMs: 60_000,
  originPeriodMs: 10_000,
}

export const noLimits: LimitOptions = {
  messagesPerSecond: Infinity,
  messagesPerMinute: Infinity,
  connectsPerSecond: Infinity,
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

/** A violation this long after the last one starts the count anew. */
const violationMemoryMs = 600_000

interface Scope {
  readonly connects: RateWindow
  violations: number
  lastViolationMs: number
  blockedUntilMs: number
}

/** The connect limit of every address and key, and their blocks. */
export class ConnectLimit {
  private readonly scopes = new Map<string, Scope>()
  private readonly origins = new Map<string, number>()

  constructor(
    private readonly limits: LimitOptions,
    private readonly window: 'fixed' | 'sliding',
  ) {}

  connect(scopeName: string, nowMs: number): ConnectVerdict {
    const scope = this.scope(scopeName)
    if (nowMs < scope.blockedUntilMs) return { kind: 'blocked', untilMs: scope.blockedUntilMs }
    if (scope.connects.take(nowMs)) return { kind: 'allowed', leftThisSecond: scope.connects.left(nowMs) }
    this.violated(scopeName, nowMs)
    return nowMs < scope.blockedUntilMs
      ? { kind: 'blocked', untilMs: scope.blockedUntilMs }
      : { kind: 'too-many' }
  }

  /** Whether a connect with an `Origin` header is allowed from this address. */
  connectWithOrigin(address: string, nowMs: number): boolean {
    const lastMs = this.origins.get(address)
    if (lastMs !== undefined && nowMs - lastMs < this.limits.originPeriodMs) return false
    this.origins.set(address, nowMs)
    return true
  }

  /** Notes a violation; one is forgiven, those of the same second count once, the next ones block. */
  violated(scopeName: string, nowMs: number): void {
    const scope = this.scope(scopeName)
    const quietMs = nowMs - scope.lastViolationMs
    if (quietMs < 1_000) return
    scope.violations = quietMs > violationMemoryMs ? 1 : scope.violations + 1
    scope.lastViolationMs = nowMs
    if (scope.violations > 1) {
      scope.blockedUntilMs = nowMs + this.limits.firstBlockMs * 2 ** (scope.violations - 2)
    }
  }

  private scope(name: string): Scope {
    let scope = this.scopes.get(name)
    if (scope === undefined) {
      scope = {
        connects: new RateWindow(this.limits.connectsPerSecond, 1_000, this.window),
        violations: 0,
        lastViolationMs: -Infinity,
        blockedUntilMs: 0,
      }
      this.scopes.set(name, scope)
    }
    return scope
  }
}
