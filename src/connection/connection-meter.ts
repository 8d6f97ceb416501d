/**
 * Whom a connection tells of its frames while they come; `observe/` implements it. It is asked on the way of every frame,
 * so whatever it does there has to cost next to nothing.
 */
import type { AnyType } from '../protocol/wire'
import type { ConnectionCounters } from './counters'

export interface ConnectionMeter {
  /** Something happens that is counted; `counters` are as they were before it. */
  ahead(nowMs: number, counters: ConnectionCounters): void
  /** A REALTIME event that the exchange stamped with `timestamp` has come. */
  live(type: AnyType, timestamp: number, receivedAtMs: number): void
  /** A ping was answered. */
  answered(roundTripMs: number): void
}
