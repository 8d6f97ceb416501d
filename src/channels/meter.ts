/**
 * Whom the channels tell of what becomes of events; `observe/` implements it. Asked on the way of every event, as
 * `ConnectionMeter` is on that of every frame.
 */
import type { ConnectionMeter } from '../connection/connection-meter'

/** Of one lane: its connection, and what happens to all consumers of an event together. */
export interface LaneMeter extends ConnectionMeter {
  /** All consumers that take an event at once have had it, so long after it was received. */
  delivered(latencyMs: number, nowMs: number): void
}

/** Of all lanes. A consumer is known by the object that has its account. */
export interface Meter {
  /** Rises with every event that is left to the queue of a consumer, which tells of it with `waited`. */
  queued: number
  /** The meter of a new lane. */
  lane(): LaneMeter
  /** The queue of this consumer hands over an event, so long after it was received. */
  waited(consumer: object, latencyMs: number, nowMs: number): void
  /** This consumer lost an event. */
  dropped(consumer: object, nowMs: number): void
  /** This consumer held everyone up for so long. */
  slow(consumer: object, tookMs: number, nowMs: number): void
}
