/** All figures of a manager at this moment. */
import { consumerRow } from './consumer-metrics'
import { connectionRow, trafficOf, typeRows } from './lane-metrics'
import { limitRows } from './limit-rows'
import type { PerformanceMetrics } from './metrics'
import type { Observed } from './observed'

export function performanceOf(observed: Observed): PerformanceMetrics {
  const { environment, hub, figures, gaps, budgets, memory } = observed
  const wallMs = environment.now()
  const nowMs = figures.at(wallMs)
  const { pending, ...tally } = hub.total
  const consumers = hub.counted.map((counted) => consumerRow(counted, figures, nowMs))
  return {
    at_ms: wallMs,
    uptime_ms: figures.uptimeMs(nowMs),
    ...trafficOf(hub.all, nowMs, [figures.waits]),
    ...memory?.(),
    queue_depth: pending,
    drop_rate: figures.dropRate(nowMs),
    ...tally,
    gaps: gaps(),
    slow_consumers: consumers.filter(({ slow_events }) => slow_events > 0).length,
    connections: hub.all.map((lane, index) => connectionRow(lane, index, nowMs)),
    types: typeRows(hub.all, nowMs),
    consumers,
    limits: limitRows(budgets(), wallMs),
  }
}
