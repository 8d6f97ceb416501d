/**
 * What each figure is: its unit, how far back it looks, and of what there is one. The types see to it that none is
 * missing, a spec that `docs/guides/observing.md` says the same, and the OpenTelemetry instruments are made from it.
 */
import type { LimitMetrics } from './limit-rows'
import type { ConnectionMetrics, ConsumerMetrics, PerformanceMetrics, TypeMetrics } from './metrics'

/** Of what there is one: of everything, of each connection, type, consumer or limit. */
export type MetricScope = 'all' | 'connection' | 'type' | 'consumer' | 'limit'

export interface MetricRow {
  /** A plural counts things; `part` is a number from 0 to 1. */
  readonly unit: string
  readonly window: 'now' | '10 s' | '60 s' | 'total'
  readonly of: readonly MetricScope[]
}

/** What names a row, and the rows themselves, are no figures. */
type NoFigure =
  | 'at_ms'
  | 'connections'
  | 'types'
  | 'consumers'
  | 'limits'
  | 'connection'
  | 'state'
  | 'type'
  | 'consumer'
  | 'receives'
  | 'host'
  | 'scope'
  | 'group'

export type MetricName = Exclude<
  | keyof PerformanceMetrics
  | keyof ConnectionMetrics
  | keyof TypeMetrics
  | keyof ConsumerMetrics
  | keyof LimitMetrics,
  NoFigure
>

const traffic = ['all', 'connection'] as const
const accounts = ['all', 'consumer'] as const

export const metricTable = {
  uptime_ms: { unit: 'ms', window: 'now', of: ['all'] },
  memory_bytes: { unit: 'bytes', window: 'now', of: ['all'] },
  heap_bytes: { unit: 'bytes', window: 'now', of: ['all'] },
  messages_per_second: { unit: 'messages/s', window: '10 s', of: ['all', 'connection', 'type'] },
  average_latency_ms: { unit: 'ms', window: '60 s', of: ['all', 'connection', 'consumer'] },
  lag_ms: { unit: 'ms', window: '60 s', of: ['all', 'connection', 'type'] },
  clock_offset_ms: { unit: 'ms', window: 'now', of: ['connection'] },
  round_trip_ms: { unit: 'ms', window: 'now', of: ['connection'] },
  subscriptions: { unit: 'subscriptions', window: 'now', of: ['connection'] },
  frames: { unit: 'frames', window: 'total', of: traffic },
  events: { unit: 'events', window: 'total', of: ['all', 'connection', 'type'] },
  rejected: { unit: 'frames', window: 'total', of: traffic },
  duplicate: { unit: 'events', window: 'total', of: traffic },
  stale: { unit: 'events', window: 'total', of: traffic },
  unrouted: { unit: 'events', window: 'total', of: traffic },
  epochs: { unit: 'sessions', window: 'total', of: traffic },
  dials: { unit: 'dials', window: 'total', of: traffic },
  requests: { unit: 'requests', window: 'total', of: traffic },
  schema_drift: { unit: 'occurrences', window: 'total', of: traffic },
  gaps: { unit: 'gaps', window: 'total', of: ['all'] },
  gaps_open: { unit: 'gaps', window: 'now', of: traffic },
  offered: { unit: 'events', window: 'total', of: accounts },
  delivered: { unit: 'events', window: 'total', of: accounts },
  failed: { unit: 'events', window: 'total', of: accounts },
  coalesced: { unit: 'events', window: 'total', of: accounts },
  dropped: { unit: 'events', window: 'total', of: accounts },
  discarded: { unit: 'events', window: 'total', of: accounts },
  queue_depth: { unit: 'events', window: 'now', of: accounts },
  drop_rate: { unit: 'part', window: '60 s', of: accounts },
  slow_consumers: { unit: 'consumers', window: '60 s', of: ['all'] },
  slow_events: { unit: 'events', window: '60 s', of: ['consumer'] },
  slowest_ms: { unit: 'ms', window: 'total', of: ['consumer'] },
  limit: { unit: 'permits', window: 'now', of: ['limit'] },
  period_ms: { unit: 'ms', window: 'now', of: ['limit'] },
  free: { unit: 'permits', window: 'now', of: ['limit'] },
  waiting: { unit: 'requests', window: 'now', of: ['limit'] },
  waited: { unit: 'requests', window: 'total', of: ['limit'] },
  longest_wait_ms: { unit: 'ms', window: 'total', of: ['limit'] },
  blocked_ms: { unit: 'ms', window: 'now', of: ['limit'] },
} as const satisfies Record<MetricName, MetricRow>
