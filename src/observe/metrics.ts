/** The figures of a manager at one moment, as plain data. `docs/guides/observing.md` has a row for each of them. */
import type { Tally } from '../operators/delivery'
import type { Distribution } from './histogram'
import type { LimitMetrics } from './limit-rows'

/** What connections counted. Numbers without a window are totals since the start. */
export interface TrafficMetrics {
  /** Frames with events in them, over the last 10 s. */
  readonly messages_per_second: number
  /** From the receipt of an event until its consumers have had it, over the last minute; absent where there was none. */
  readonly average_latency_ms?: number
  /** From the exchange's stamp to the receipt, the difference of the clocks taken off, over the last minute. */
  readonly lag_ms: Distribution
  readonly frames: number
  readonly events: number
  /** Frames that could not be read. */
  readonly rejected: number
  readonly duplicate: number
  readonly stale: number
  readonly unrouted: number
  readonly epochs: number
  readonly dials: number
  /** Subscribe messages sent. */
  readonly requests: number
  /** Fields and values that no table knows, each time they were met. */
  readonly schema_drift: number
  /** Gaps that are not ended. */
  readonly gaps_open: number
}

/** One connection. */
export interface ConnectionMetrics extends TrafficMetrics {
  /** `public`; `public#2` … for further price groupings of a book. */
  readonly connection: string
  readonly state: string
  /** How far our clock is ahead of the exchange's, estimated; absent while it cannot be told. */
  readonly clock_offset_ms?: number
  /** How long the answer to the newest ping took; absent while there was none. */
  readonly round_trip_ms?: number
  /** Entries that the exchange was asked for. */
  readonly subscriptions: number
}

/** One type of events, over all connections. */
export interface TypeMetrics {
  readonly type: string
  /** Events of it, over the last 10 s. */
  readonly messages_per_second: number
  readonly lag_ms: Distribution
  readonly events: number
}

/** The account of one consumer, `queue_depth` in the place of `pending`. */
export interface ConsumerMetrics extends Omit<Tally, 'pending'> {
  readonly consumer: string
  /** Its streams in a few words, where they are the exchange's. */
  readonly receives?: string
  readonly queue_depth: number
  /** The part of what it was offered that it lost, since it came. */
  readonly drop_rate: number
  /** That of its queue; where it has none, and for `consume`, absent. */
  readonly average_latency_ms?: number
  /** Events of the last minute in which it held everyone up for over 10 ms (C4.4), and the longest of all, ms. */
  readonly slow_events: number
  readonly slowest_ms?: number
}

/** All figures of a target: of everything, then by connection, type, consumer and limit. */
export interface PerformanceMetrics extends TrafficMetrics, Omit<Tally, 'pending'> {
  readonly at_ms: number
  /** Since the target was first used. */
  readonly uptime_ms: number
  /** Memory of the process; absent in a browser. */
  readonly memory_bytes?: number
  /** The used part of its JavaScript heap; absent in a browser. */
  readonly heap_bytes?: number
  /** Events that wait for consumers, those in their hands included. */
  readonly queue_depth: number
  /** The part of what consumers were offered in the last minute that was lost, 0 to 1. */
  readonly drop_rate: number
  /** Gaps that opened. */
  readonly gaps: number
  /** How many consumers held everyone up in the last minute. */
  readonly slow_consumers: number
  readonly connections: readonly ConnectionMetrics[]
  readonly types: readonly TypeMetrics[]
  readonly consumers: readonly ConsumerMetrics[]
  readonly limits: readonly LimitMetrics[]
}
