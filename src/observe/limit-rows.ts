/** The budgets of the limiter as figures: one of each group, as somebody has it who makes requests of that group. */
import type { Budget } from '../rate-limit/budget'

/** What is left of one of the exchange's limits. */
export interface LimitMetrics {
  readonly host: string
  /** What the exchange counts by: all of this address share it, one account has it, or each connection. */
  readonly scope: Budget['scope']
  readonly group: string
  /** So many in `period_ms`. */
  readonly limit: number
  readonly period_ms: number
  /** So many of them may go now; of several connections or accounts, of that which has least. */
  readonly free: number
  /** So many wait for their turn. */
  readonly waiting: number
  /** So many had to wait and have gone, and how long at most. */
  readonly waited: number
  readonly longest_wait_ms: number
  /** For so long nothing may go, because the exchange said so. */
  readonly blocked_ms: number
}

/** Several budgets of one group, of connections or accounts, are one row: nobody can tell them apart by a name. */
export function limitRows(budgets: readonly Budget[], nowMs: number): readonly LimitMetrics[] {
  const rows = new Map<string, LimitMetrics>()
  for (const budget of budgets) {
    const id = `${budget.host} ${budget.scope} ${budget.group}`
    const row = rowOf(budget, nowMs)
    const other = rows.get(id)
    rows.set(id, other === undefined ? row : together(row, other))
  }
  return [...rows.values()]
}

function rowOf(budget: Budget, nowMs: number): LimitMetrics {
  const { host, scope, group, limit, periodMs, free, waiting, waits, blockedUntilMs } = budget
  return {
    host,
    scope,
    group,
    limit,
    period_ms: periodMs,
    free,
    waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0),
    waited: waits.count,
    longest_wait_ms: waits.maxMs,
    blocked_ms: Math.max(0, (blockedUntilMs ?? nowMs) - nowMs),
  }
}

function together(row: LimitMetrics, other: LimitMetrics): LimitMetrics {
  const least = row.free < other.free ? row : other
  return {
    ...least,
    waiting: row.waiting + other.waiting,
    waited: row.waited + other.waited,
    longest_wait_ms: Math.max(row.longest_wait_ms, other.longest_wait_ms),
    blocked_ms: Math.max(row.blocked_ms, other.blocked_ms),
  }
}
