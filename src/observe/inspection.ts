/** The state of a manager as plain data, for a person who looks into a process. No secret is in it (C8.3). */
import type { GapEvent } from '../channels/gap-event'
import type { LaneView } from '../channels/hub'
import type { ConnectionStatus } from '../connection/status'
import type { WireState } from '../connection/wire-state'
import { consumerRow } from './consumer-metrics'
import { connectionName } from './lane-metrics'
import type { LimitMetrics } from './limit-rows'
import { limitRows } from './limit-rows'
import type { ConsumerMetrics } from './metrics'
import type { Observed } from './observed'
import type { RecentError } from './recent-errors'

/** One connection: what it is wanted for, what the exchange was asked for, and what is under way. */
export interface ConnectionInspection extends WireState {
  readonly connection: string
  readonly status: ConnectionStatus
  /** Sessions so far; the number of the newest. */
  readonly epoch: number
  /** How old the session that is open is. */
  readonly session_age_ms?: number
  readonly last_sign_ms?: number
  readonly down_since_ms?: number
  readonly round_trip_ms?: number
  /** Entries that consumers want, `ticker KRW-BTC`. */
  readonly desired: readonly string[]
}

/** The state of a target at one moment. */
export interface Inspection {
  readonly at_ms: number
  readonly uptime_ms: number
  readonly closed: boolean
  /** What it was made with, as far as it may be shown. */
  readonly options: Readonly<Record<string, unknown>>
  readonly connections: readonly ConnectionInspection[]
  readonly consumers: readonly ConsumerMetrics[]
  readonly limits: readonly LimitMetrics[]
  /** Gaps that are not ended. */
  readonly gaps: readonly GapEvent[]
  /** The last fifty problems, oldest first. */
  readonly errors: readonly RecentError[]
}

export function inspectionOf(observed: Observed, options: Inspection['options']): Inspection {
  const { environment, hub, figures, errors, isClosed, budgets } = observed
  const nowMs = environment.now()
  return {
    at_ms: nowMs,
    uptime_ms: figures.uptimeMs(figures.at(nowMs)),
    closed: isClosed(),
    options,
    connections: hub.all.map((lane, index) => connectionOf(lane, connectionName(lane, index), nowMs)),
    consumers: hub.counted.map((counted) => consumerRow(counted, figures, figures.at(nowMs))),
    limits: limitRows(budgets(), nowMs),
    gaps: hub.all.flatMap(({ unresolvedGaps }) => unresolvedGaps),
    errors: errors.rows,
  }
}

function connectionOf({ connection, desired }: LaneView, name: string, nowMs: number): ConnectionInspection {
  const { status, counters, lastSignMs, downSinceMs, roundTripMs, wire } = connection
  return {
    connection: name,
    status,
    epoch: counters.epochs,
    ...(status.state === 'live' ? { session_age_ms: nowMs - status.since } : {}),
    ...(counters.epochs > 0 ? { last_sign_ms: lastSignMs } : {}),
    ...(downSinceMs === undefined ? {} : { down_since_ms: downSinceMs }),
    ...(roundTripMs === undefined ? {} : { round_trip_ms: roundTripMs }),
    desired,
    ...wire,
  }
}
