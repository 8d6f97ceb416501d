/** The budgets of the limiter as data. Its scopes may be access keys, which nobody is shown (C8.3). */

/** One budget as the limiter tells it. */
export interface Budget {
  readonly host: string
  /** `address`, or the access key whose budget it is. */
  readonly scope: string
  readonly group: string
  readonly limit: number
  readonly periodMs: number
  readonly free: number
  /** How many wait for a permit, and how long the first of them still has to. */
  readonly waiting: number
  readonly waitMs: number
}

/** What is left of one of the exchange's limits. */
export interface LimitMetrics {
  readonly host: string
  /** `address`: what all of this address share; `account`, `account#2` …: what one account has. */
  readonly scope: string
  readonly group: string
  /** So many in `period_ms`. */
  readonly limit: number
  readonly period_ms: number
  /** So many of them may go at once. */
  readonly free: number
  /** So many wait for their turn, and the first of them for so long. */
  readonly waiting: number
  readonly wait_ms: number
}

export function limitRows(budgets: readonly Budget[]): readonly LimitMetrics[] {
  const accounts: string[] = []
  const shown = (scope: string): string => {
    if (scope === 'address') return scope
    if (!accounts.includes(scope)) accounts.push(scope)
    const number = accounts.indexOf(scope) + 1
    return number === 1 ? 'account' : `account#${number}`
  }
  return budgets.map(({ host, scope, group, limit, periodMs, free, waiting, waitMs }) => ({
    host,
    scope: shown(scope),
    group,
    limit,
    period_ms: periodMs,
    free,
    waiting,
    wait_ms: waitMs,
  }))
}
