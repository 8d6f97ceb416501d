/**
 * One word for the state of a target, and why (`docs/guides/observing.md` has the table). Silence is no illness: whether
 * a link lives is told by pongs. Nor is it one that nobody wants anything.
 */
import type { LaneView } from '../channels/hub'
import type { ConnectionHealth, HealthReason, HealthReport, HealthStatus } from './health-report'
import { consumerReasons } from './consumer-health'
import { connectionReasons } from './connection-health'
import type { Observed } from './observed'
import { connectionName } from './lane-metrics'

export function healthOf(observed: Observed): HealthReport {
  const { environment, hub, figures, thresholds, isClosed } = observed
  const nowMs = environment.now()
  const lanes = hub.all
  // What was shut down has nothing to be ill with.
  const found = isClosed()
    ? []
    : [
        ...lanes.flatMap((lane, index) =>
          connectionReasons(lane, connectionName(lane, index), observed, nowMs),
        ),
        ...consumerReasons(observed, nowMs),
      ]
  const reasons = found.filter(({ code }) => !thresholds.ignore.includes(code))
  return {
    status: worst(reasons),
    reasons,
    uptime_ms: figures.uptimeMs(figures.at(nowMs)),
    connections: lanes.map((lane, index) => rowOf(lane, connectionName(lane, index), reasons)),
  }
}

function rowOf(
  { connection, isWanted }: LaneView,
  name: string,
  reasons: readonly HealthReason[],
): ConnectionHealth {
  const { status, lastSignMs, downSinceMs } = connection
  return {
    connection: name,
    status: worst(reasons.filter((reason) => reason.connection === name)),
    state: status.state,
    wanted: isWanted,
    ...(status.state === 'live' ? { epoch: status.epoch, since_ms: status.since } : {}),
    ...(connection.counters.epochs > 0 ? { last_sign_ms: lastSignMs } : {}),
    ...(downSinceMs === undefined ? {} : { down_since_ms: downSinceMs }),
  }
}

function worst(reasons: readonly HealthReason[]): HealthStatus {
  if (reasons.some(({ status }) => status === 'critical')) return 'critical'
  return reasons.length > 0 ? 'degraded' : 'healthy'
}
