/**
 * The figures as OpenTelemetry has them: an instrument each, durations in seconds, and of what is there of several the
 * finest alone, since a sum is the reader's to make. Pure data and functions: nothing of OpenTelemetry is imported.
 */
import type { Distribution } from './histogram'
import type { MetricName, MetricScope } from './metric-table'
import { metricTable } from './metric-table'
import type { PerformanceMetrics } from './metrics'

/** `counter`: only rises; `updown`: a number of things that can be added up; `gauge`: anything else. */
export type InstrumentKind = 'counter' | 'updown' | 'gauge'

export interface Instrument {
  /** `upbit.frames` */
  readonly name: string
  readonly kind: InstrumentKind
  /** The figure that it is of, and of what each. */
  readonly metric: MetricName
  readonly of: MetricScope
  readonly description: string
}

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** One observation. */
export interface Observation {
  readonly value: number
  readonly attributes: Attributes
}

const table: readonly (readonly [string, InstrumentKind, MetricName, MetricScope, string])[] = [
  ['upbit.uptime', 'gauge', 'uptime_ms', 'all', 'Since the target was first used'],
  ['upbit.memory', 'gauge', 'memory_bytes', 'all', 'Memory of the process'],
  ['upbit.heap', 'gauge', 'heap_bytes', 'all', 'Used JavaScript heap of the process'],
  ['upbit.frames', 'counter', 'frames', 'connection', 'Frames received'],
  ['upbit.frames.rejected', 'counter', 'rejected', 'connection', 'Frames that could not be read'],
  ['upbit.events', 'counter', 'events', 'type', 'Events received'],
  ['upbit.events.rate', 'gauge', 'messages_per_second', 'type', 'Events received over the last 10 s'],
  ['upbit.events.duplicate', 'counter', 'duplicate', 'connection', 'Events withheld as duplicates'],
  ['upbit.events.stale', 'counter', 'stale', 'connection', 'Events withheld as older than delivered ones'],
  ['upbit.events.unrouted', 'counter', 'unrouted', 'connection', 'Events that nobody waited for'],
  ['upbit.lag', 'gauge', 'lag_ms', 'type', 'From the exchange to the receipt, by quantile'],
  ['upbit.latency', 'gauge', 'average_latency_ms', 'connection', 'From the receipt to the consumers'],
  [
    'upbit.clock.offset',
    'gauge',
    'clock_offset_ms',
    'connection',
    'How far the local clock is ahead, estimated',
  ],
  ['upbit.round_trip', 'gauge', 'round_trip_ms', 'connection', 'Time to the answer of the newest ping'],
  ['upbit.subscriptions', 'updown', 'subscriptions', 'connection', 'Entries that the exchange was asked for'],
  ['upbit.sessions', 'counter', 'epochs', 'connection', 'Sessions of the connection'],
  ['upbit.dials', 'counter', 'dials', 'connection', 'Attempts to connect'],
  ['upbit.requests', 'counter', 'requests', 'connection', 'Subscribe messages sent'],
  ['upbit.schema_drift', 'counter', 'schema_drift', 'connection', 'Unknown fields and values met'],
  ['upbit.gaps', 'counter', 'gaps', 'all', 'Gaps that opened'],
  ['upbit.gaps.open', 'updown', 'gaps_open', 'connection', 'Gaps that are not ended'],
  ['upbit.consumer.offered', 'counter', 'offered', 'consumer', 'Events that came for the consumer'],
  ['upbit.consumer.delivered', 'counter', 'delivered', 'consumer', 'Events that it took'],
  ['upbit.consumer.failed', 'counter', 'failed', 'consumer', 'Events at which it failed'],
  ['upbit.consumer.coalesced', 'counter', 'coalesced', 'consumer', 'States replaced while they waited'],
  ['upbit.consumer.dropped', 'counter', 'dropped', 'consumer', 'Events that it lost'],
  ['upbit.consumer.discarded', 'counter', 'discarded', 'consumer', 'Events that waited when it left'],
  ['upbit.consumer.queue', 'updown', 'queue_depth', 'consumer', 'Events that wait for it'],
  ['upbit.consumer.latency', 'gauge', 'average_latency_ms', 'consumer', 'From the receipt out of its queue'],
  [
    'upbit.consumer.slow_events',
    'gauge',
    'slow_events',
    'consumer',
    'Events of a minute that held others up',
  ],
  ['upbit.limit.free', 'gauge', 'free', 'limit', 'Permits that may be used at once'],
  ['upbit.limit.waiting', 'updown', 'waiting', 'limit', 'Requests that wait for a permit'],
  ['upbit.limit.waited', 'counter', 'waited', 'limit', 'Requests that had to wait and have gone'],
  ['upbit.limit.longest_wait', 'gauge', 'longest_wait_ms', 'limit', 'How long one of them waited at most'],
  ['upbit.limit.blocked', 'gauge', 'blocked_ms', 'limit', 'How long nothing may go any more'],
]

export const instruments: readonly Instrument[] = table.map(([name, kind, metric, of, description]) => ({
  name,
  kind,
  metric,
  of,
  description,
}))

/** The unit as OpenTelemetry writes it: seconds, bytes, and things in braces. */
export function unitOf({ metric }: Instrument): string {
  const { unit } = metricTable[metric]
  if (unit === 'ms') return 's'
  if (unit === 'bytes') return 'By'
  if (unit === 'part') return '1'
  return unit.replace(/(\w+?)s\b(\/s)?$/, '{$1}$2')
}

/** What an instrument observes of these figures; nothing where they have nothing to say. */
export function observationsOf(instrument: Instrument, metrics: PerformanceMetrics): readonly Observation[] {
  const { unit } = metricTable[instrument.metric]
  const scale = unit === 'ms' ? 0.001 : 1
  const observations = rowsOf(instrument.of, metrics).flatMap(({ figures, attributes }) => {
    const value = figures[instrument.metric]
    if (typeof value === 'number') return [{ value: value * scale, attributes }]
    return isDistribution(value) ? quantiles(value, scale, attributes) : []
  })
  // Names of consumers alone may be given twice.
  return instrument.of === 'consumer' ? merged(observations, unit === 'ms') : observations
}

/** One of each series, or the last one would be all that is left: things are added up, of durations it is the longest. */
function merged(observations: readonly Observation[], isDuration: boolean): readonly Observation[] {
  const byConsumer = new Map<unknown, Observation>()
  for (const { value, attributes } of observations) {
    const before = byConsumer.get(attributes.consumer)?.value ?? 0
    const both = isDuration ? Math.max(before, value) : before + value
    byConsumer.set(attributes.consumer, { value: both, attributes })
  }
  return [...byConsumer.values()]
}

function quantiles(value: Distribution, scale: number, attributes: Attributes): readonly Observation[] {
  const { p50, p90, p99, max } = value
  const told = [
    ['0.5', p50],
    ['0.9', p90],
    ['0.99', p99],
    ['1', max],
  ] as const
  return told.flatMap(([quantile, at]) =>
    at === undefined ? [] : [{ value: at * scale, attributes: { ...attributes, quantile } }],
  )
}

interface Row {
  readonly figures: Readonly<Partial<Record<MetricName, unknown>>>
  readonly attributes: Attributes
}

function rowsOf(of: MetricScope, metrics: PerformanceMetrics): readonly Row[] {
  switch (of) {
    case 'all':
      return [{ figures: metrics, attributes: {} }]
    case 'connection':
      return metrics.connections.map((row) => ({ figures: row, attributes: { connection: row.connection } }))
    case 'type':
      return metrics.types.map((row) => ({ figures: row, attributes: { type: row.type } }))
    case 'consumer':
      return metrics.consumers.map((row) => ({ figures: row, attributes: { consumer: row.consumer } }))
    case 'limit':
      return metrics.limits.map((row) => {
        const { host, scope, group } = row
        return { figures: row, attributes: { host, scope, group } }
      })
  }
}

function isDistribution(value: unknown): value is Distribution {
  return typeof value === 'object' && value !== null && 'count' in value
}
