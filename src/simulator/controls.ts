/**
 * The test kit: what a test can do to an embedded exchange and ask of it. One interface, the same over a real socket
 * and in memory.
 */
import type { DisturbControls } from './disturb-controls'
import type { EmitOptions } from './emit-options'
import type { ExchangeEvent, MarketEvent } from './encode'
import type { EndpointControls } from './endpoint-controls'
import type { Fault } from './fault'
import type { WaitOptions } from './limited-wait'
import type { RestControls } from './rest/rest-controls'

/**
 * What a test can do to an exchange and ask of it, the same over a real socket and in memory. What concerns connections
 * is of the public endpoint; `private` and `info` have the same for theirs.
 */
export interface ExchangeControls extends EndpointControls, RestControls, DisturbControls {
  /** The same for `/websocket/v1/private`. */
  readonly private: EndpointControls
  /** The same for `/websocket/v1/info`. */
  readonly info: EndpointControls
  /**
   * Sends events to every connection that is subscribed to their type, code and level, in its format; returns how
   * many frames that made. Frames of an account go to its connections alone.
   *
   * @example
   * ```ts
   * import { aTicker, startExchange } from 'upbit-rx/testing'
   *
   * await using exchange = await startExchange({ market: false })
   * exchange.emit(aTicker({ trade_price: 109_900_000 }))
   * ```
   */
  emit(events: ExchangeEvent | readonly ExchangeEvent[], options?: EmitOptions): number
  /** Sets what subscriptions to these types, codes and levels get as their SNAPSHOT from now on. */
  snapshot(events: MarketEvent | readonly MarketEvent[]): void
  /** Never sends a frame of these codes, as for a code that is not listed; returns what ends that. */
  silence(codes: string | readonly string[]): () => void
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
