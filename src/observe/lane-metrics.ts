/** Lanes to figures: what one or several connections did. */
import type { LaneView } from '../channels/hub'
import type { CounterName } from './counter-history'
import { Histogram } from './histogram'
import { LaneFigures } from './lane-figures'
import type { ConnectionMetrics, TrafficMetrics, TypeMetrics } from './metrics'
import { rateWindowMs } from './windows'

/** The name of a lane's connection, which is at this index. */
export function connectionName({ name }: LaneView, index: number): string {
  if (name !== undefined) return name
  return index === 0 ? 'public' : `public#${index + 1}`
}

/** What these lanes did together; `waits` are the latencies of queues, which know of no lane. */
export function trafficOf(
  lanes: readonly LaneView[],
  nowMs: number,
  waits: readonly Histogram[] = [],
): TrafficMetrics {
  const figures = figuresOf(lanes)
  const sum = (name: CounterName): number =>
    lanes.reduce((total, { connection }) => total + connection.counters[name], 0)
  const { mean } = Histogram.read([...figures.map(({ latency }) => latency), ...waits], nowMs)
  return {
    messages_per_second: figures.reduce(
      (total, { history }) =>
        total + history.risen('data', nowMs, rateWindowMs) / history.secondsOf(nowMs, rateWindowMs),
      0,
    ),
    ...(mean === undefined ? {} : { average_latency_ms: mean }),
    lag_ms: Histogram.read(
      figures.flatMap(({ lags }) => [...lags.values()]),
      nowMs,
    ),
    frames: sum('frames'),
    events: sum('events'),
    rejected: sum('rejected'),
    duplicate: sum('duplicate'),
    stale: sum('stale'),
    unrouted: sum('unrouted'),
    epochs: sum('epochs'),
    dials: sum('dials'),
    requests: sum('messages'),
    schema_drift: lanes.reduce((total, { connection }) => total + driftOf(connection.counters.drift), 0),
    gaps_open: lanes.reduce((total, { unresolvedGaps }) => total + unresolvedGaps.length, 0),
  }
}

export function connectionRow(lane: LaneView, index: number, nowMs: number): ConnectionMetrics {
  const [figures] = figuresOf([lane])
  const { status, roundTripMs, wire } = lane.connection
  const offsetMs = figures?.clock.offsetMs
  return {
    connection: connectionName(lane, index),
    state: status.state,
    ...trafficOf([lane], nowMs),
    ...(offsetMs === undefined ? {} : { clock_offset_ms: offsetMs }),
    ...(roundTripMs === undefined ? {} : { round_trip_ms: roundTripMs }),
    subscriptions: wire.sent.length,
  }
}

export function typeRows(lanes: readonly LaneView[], nowMs: number): readonly TypeMetrics[] {
  const types = new Set(lanes.flatMap(({ connection }) => Object.keys(connection.counters.byType)))
  const figures = figuresOf(lanes)
  return [...types].map((type) => ({
    type,
    messages_per_second: figures.reduce(
      (total, { history }) =>
        total + history.risenOfType(type, nowMs, rateWindowMs) / history.secondsOf(nowMs, rateWindowMs),
      0,
    ),
    lag_ms: Histogram.read(
      figures.flatMap(({ lags }) => {
        const ofType = [...lags].find(([name]) => name === type)
        return ofType === undefined ? [] : [ofType[1]]
      }),
      nowMs,
    ),
    events: lanes.reduce((total, { connection }) => total + (connection.counters.byType[type] ?? 0), 0),
  }))
}

/** The figures of lanes that have them. */
export function figuresOf(lanes: readonly LaneView[]): readonly LaneFigures[] {
  return lanes.flatMap(({ meter }) => (meter instanceof LaneFigures ? [meter] : []))
}

function driftOf(drift: Readonly<Record<string, number>>): number {
  return Object.values(drift).reduce((total, count) => total + count, 0)
}
