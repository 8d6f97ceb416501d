/** Consumers to figures: their accounts, and what their queues and their synchronous time did. */
import type { Counted } from '../channels/hub'
import type { Figures } from './figures'
import type { ConsumerMetrics } from './metrics'

export function consumerRow(counted: Counted, figures: Figures, nowMs: number): ConsumerMetrics {
  const { name, receives, tally } = counted
  const { offered, delivered, failed, coalesced, dropped, discarded, pending } = tally
  const waitMs = figures.meanWaitMs(counted, nowMs)
  const slowestMs = figures.slowestMs(counted)
  return {
    consumer: name,
    ...(receives === undefined ? {} : { receives }),
    offered,
    delivered,
    failed,
    coalesced,
    dropped,
    discarded,
    queue_depth: pending,
    drop_rate: offered === 0 ? 0 : dropped / offered,
    ...(waitMs === undefined ? {} : { average_latency_ms: waitMs }),
    slow_events: figures.slowness(counted, nowMs)?.events.recent(nowMs) ?? 0,
    ...(slowestMs === undefined ? {} : { slowest_ms: slowestMs }),
  }
}
