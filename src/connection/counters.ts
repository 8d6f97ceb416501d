/**
 * What a connection counts. The equations hold whenever no frame is being delivered (C6.2):
 * frames = data + control; data = decoded + rejected; events = routed + duplicate + stale + unrouted.
 */
import type { ReadCounts } from '../protocol/read-counts'
import { newReadCounts } from '../protocol/read-counts'

/** What a connection has counted: frames and events, and how frames were read (C6.2). */
export interface ConnectionCounters extends ReadCounts {
  frames: number
  /** Frames that held events, or should have. */
  data: number
  control: number
  decoded: number
  rejected: number
  events: number
  /** Events that went to at least one consumer. */
  routed: number
  duplicate: number
  stale: number
  /** Events that nobody waits for. */
  unrouted: number
  epochs: number
  /** Those of its probe and of renewals among them. */
  dials: number
  /** Dials of its probe, which finds out what of a refused request is to blame. */
  probes: number
  /** Subscribe messages sent, those of its probe and of renewals among them. */
  messages: number
  /** Times that the exchange was asked what it has of the subscription. */
  checks: number
  /** Times that it had something else, and the whole set was sent again. */
  resent: number
  /** Events by their wire type. */
  readonly byType: Record<string, number>
  /** Unknown fields and enum values by name. */
  readonly drift: Record<string, number>
}

export function newCounters(): ConnectionCounters {
  return {
    frames: 0,
    data: 0,
    control: 0,
    decoded: 0,
    rejected: 0,
    events: 0,
    routed: 0,
    duplicate: 0,
    stale: 0,
    unrouted: 0,
    epochs: 0,
    dials: 0,
    probes: 0,
    messages: 0,
    checks: 0,
    resent: 0,
    ...newReadCounts(),
    // No prototype: drift names come from the network.
    byType: Object.create(null) as Record<string, number>,
    drift: Object.create(null) as Record<string, number>,
  }
}
