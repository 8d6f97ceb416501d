/** The test kit's faults that need more than an end or an answer: order, clocks, formats, dials that lead nowhere. */
import type { WireFormat } from '../protocol/wire'
import type { DisturbOptions } from './disturbance'

/** How `acceptThenClose` ends a connection. */
export interface AcceptThenCloseOptions {
  /** How many dials. Default: all, until `accept()`. */
  readonly times?: number
  /** The close code; without it the connection ends without a close frame (1006). */
  readonly code?: number
  readonly reason?: string
  /** How long after the upgrade, ms. Default 0. */
  readonly afterMs?: number
}

/** What a test can do to the frames and the clock of an exchange. */
export interface DisturbControls {
  /**
   * Doubles and reorders frames of every type from now on, those of `emit` included; returns what ends that. A frame that
   * is held back then still comes. Another call replaces the options.
   *
   * @example
   * ```ts
   * import { startExchange } from 'upbit-rx/testing'
   *
   * await using exchange = await startExchange({ seed: 7 })
   * const calm = exchange.disturb({ doubled: 0.1, reordered: 0.1 })
   * calm()
   * ```
   */
  disturb(options: DisturbOptions): () => void
  /**
   * Sets the exchange's clock forward, or back with a negative number: its market's events and REST's dates are stamped
   * by it. Limits and what the kit notes go by the true time.
   */
  stepClock(byMs: number): void
  /** What the exchange's clock says, ms since the Unix epoch. */
  readonly clockMs: number
  /** Changes the format of every open connection amid its stream, as a message of another part of a program would. */
  flipFormat(format: WireFormat): void
  /** Lets dials succeed and ends each connection at once; `accept()` ends that too. */
  acceptThenClose(options?: AcceptThenCloseOptions): void
}
