/**
 * The test kit: what a test can do to an embedded exchange and ask of it. One interface, the same over a real socket
 * and in memory.
 */
import type { DisturbControls } from './disturb-controls'
import type { ExchangeEvent } from './encode'
import type { Fault } from './fault'
import type { WaitOptions } from './limited-wait'
import type { Dial, ReceivedMessage } from './received'
import type { RequestedItem } from './request'
import type { RestControls } from './rest/rest-controls'

/** How `cut` closes. */
export interface CutOptions {
  /** The close code of a proper close; without it the connection ends without a close frame (1006). */
  readonly code?: number
  readonly reason?: string
}

/** How long `refuse` lasts, and what it tells. */
export interface RefuseOptions {
  /** How many dials to refuse. Default: all, until `accept()`. */
  readonly times?: number
  /** The `Retry-After` of a 429, the length of a 418 block. */
  readonly retryAfterMs?: number
}

/** Which items `rejectItems` refuses and `forget` drops: every item of a type, some of its codes, or what a function says. */
export type ItemMatch =
  ((item: RequestedItem) => boolean) | { readonly type?: string; readonly codes?: readonly string[] }

/** What a test can do to an exchange and ask of it, the same over a real socket and in memory. */
export interface ExchangeControls extends RestControls, DisturbControls {
  /**
   * Sends events to every connection that is subscribed to their type, code and level, in its format; returns how
   * many frames that made.
   *
   * @example
   * ```ts
   * import { aTicker, startExchange } from 'upbit-rx/testing'
   *
   * await using exchange = await startExchange({ market: false })
   * exchange.emit(aTicker({ trade_price: 109_900_000 }))
   * ```
   */
  emit(events: ExchangeEvent | readonly ExchangeEvent[]): number
  /** Sets what subscriptions to these types, codes and levels get as their SNAPSHOT from now on. */
  snapshot(events: ExchangeEvent | readonly ExchangeEvent[]): void
  /** Sends a frame as it is to every connection, subscribed or not: a text as text frame, bytes as binary frame. */
  emitRaw(frame: string | Uint8Array): number
  /** Ends every connection; without a code abruptly, so that clients see 1006. */
  cut(options?: CutOptions): void
  /** Refuses dials: with an HTTP status, by ending the TCP connection, or by never answering. */
  refuse(answer: number | 'reset' | 'hang', options?: RefuseOptions): void
  /** Ends `refuse` and `acceptThenClose`. */
  accept(): void
  /**
   * Makes the open connections half-open: they take everything and send nothing, no pong either. Later ones are
   * well, unless `all` is set. What would have been sent meanwhile is lost.
   */
  stall(options?: { readonly all?: boolean }): void
  /** Ends `stall`. */
  resume(): void
  /** Sends an error frame to every connection and closes them with 1000 a moment later, as the exchange does. */
  sendError(name: string, message?: string): void
  /** Refuses messages that contain such an item, with `name` and the close; returns what ends that. */
  rejectItems(match: ItemMatch, name: string, message?: string): () => void
  /**
   * Makes every connection lose such items of its subscription, as if they had never been asked for; returns how many
   * that were. Nothing tells the client of it.
   */
  forget(match: ItemMatch): number
  /** Never sends a frame of these codes, as for a code that is not listed; returns what ends that. */
  silence(codes: string | readonly string[]): () => void
  /** Whether a connection is subscribed to it now. `level` matters to order books only; without it any will do. */
  subscribed(type: string, code: string, level?: number): boolean
  /** What clients sent, oldest first, with time and connection. */
  readonly received: readonly ReceivedMessage[]
  /** How many connections are open. */
  readonly connections: number
  /** Every attempt to connect, with its time and outcome. */
  readonly dials: readonly Dial[]
  /**
   * Resolves when no timer of the exchange is due and every frame has left for the clients.
   *
   * @throws UpbitError rejects with `TIMEOUT` when frames have not left within 5,000 ms or `timeoutMs`, with `ABORTED`
   * when `signal` aborts.
   */
  idle(options?: WaitOptions): Promise<void>
  /**
   * Resolves when `condition` holds; looked at after everything that a client does.
   *
   * @throws UpbitError rejects with `TIMEOUT` after 5,000 ms of the exchange's time or `timeoutMs`, and names the
   * condition; with `ABORTED` when `signal` aborts or the exchange is closed; and with what `condition` throws.
   */
  until(condition: () => boolean, options?: WaitOptions): Promise<void>
  /** Stops the market's frames. */
  pauseMarket(): void
  /** Starts them again. */
  resumeMarket(): void
  /**
   * Runs a script of faults, each `atMs` after this call or, with `from: 'subscribe'`, after the next subscribe
   * message; returns what stops it.
   */
  fault(script: readonly Fault[], options?: { readonly from?: 'now' | 'subscribe' }): () => void
}
