/** The test kit's faults that need more than an end or an answer: order and clocks. */
import type { DisturbOptions } from './disturbance'

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
}
