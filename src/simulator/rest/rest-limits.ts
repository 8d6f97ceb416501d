/** The limits of REST calls: a window for each group, of an address or an account, and the block behind it. */
import type { LimitOptions } from '../limits'
import { defaultLimits, OriginLimit, RateWindow } from '../limits'
import { Penalty } from '../penalty'
import type { RestGroup } from './rest-groups'

/** The verdict on a call, with what `Remaining-Req` says of it. */
export type RestLimitVerdict =
  | { readonly kind: 'allowed' | 'too-many'; readonly remaining: string }
  | { readonly kind: 'blocked'; readonly untilMs: number }

export class RestLimits {
  private readonly origins: OriginLimit
  private readonly windows = new Map<string, RateWindow>()
  private readonly penalties = new Map<string, Penalty>()

  constructor(
    private readonly limits: LimitOptions,
    private readonly window: 'fixed' | 'sliding',
  ) {
    this.origins = new OriginLimit(limits.originPeriodMs)
  }

  /** `scope` is the address, or for a call of an account that account. */
  take(group: RestGroup, scope: string, nowMs: number): RestLimitVerdict {
    const penalty = this.penalty(scope)
    if (nowMs < penalty.blockedUntilMs) return { kind: 'blocked', untilMs: penalty.blockedUntilMs }
    const limit = limitOf(group, this.limits)
    const window = this.windowOf(group, scope, limit)
    if (window.take(nowMs)) return { kind: 'allowed', remaining: remaining(group, window.left(nowMs)) }
    penalty.violated(nowMs)
    return nowMs < penalty.blockedUntilMs
      ? { kind: 'blocked', untilMs: penalty.blockedUntilMs }
      : { kind: 'too-many', remaining: remaining(group, 0) }
  }

  /** A call with an `Origin` header has a limit of its own. */
  takeWithOrigin(address: string, nowMs: number): RestLimitVerdict {
    const kind = this.origins.take(address, nowMs) ? 'allowed' : 'too-many'
    return { kind, remaining: 'group=origin; min=6; sec=0' }
  }

  private windowOf(group: RestGroup, scope: string, limit: number): RateWindow {
    const key = `${group} ${scope}`
    let window = this.windows.get(key)
    if (window === undefined) {
      this.windows.set(key, (window = new RateWindow(limit, periodMs(group), this.window)))
    }
    return window
  }

  private penalty(scope: string): Penalty {
    let penalty = this.penalties.get(scope)
    if (penalty === undefined) this.penalties.set(scope, (penalty = new Penalty(this.limits.firstBlockMs)))
    return penalty
  }
}

function limitOf(group: RestGroup, limits: LimitOptions): number {
  switch (group) {
    case 'default':
      return limits.accountPerSecond
    case 'order':
      return limits.ordersPerSecond
    case 'order-test':
      return limits.orderTestsPerSecond
    case 'order-cancel-all':
      return limits.cancelAllsPerTwoSeconds
    default:
      return limits.quotationPerSecond
  }
}

function periodMs(group: RestGroup): number {
  return group === 'order-cancel-all' ? 2_000 : 1_000
}

/** `min` is a constant that means nothing any more: a minute of the documented limit. */
function remaining(group: RestGroup, left: number): string {
  const documented = limitOf(group, defaultLimits)
  const sec = left === Infinity ? documented - 1 : left
  return `group=${group}; min=${documented * (60_000 / periodMs(group))}; sec=${sec}`
}
