/** The test kit's side of one endpoint: what a test can do to its connections and dials, and ask of them. */
import type { WireFormat } from '../protocol/wire'
import type { Dial, ReceivedMessage } from './received'
import type { RequestedItem } from './request-item'

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
  /** The body of a refusal with a status. Default a sentence. */
  readonly body?: string
}

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

/** Which items `rejectItems` refuses and `forget` drops: every item of a type, some of its codes, or what a function says. */
export type ItemMatch =
  ((item: RequestedItem) => boolean) | { readonly type?: string; readonly codes?: readonly string[] }

/** What a test can do to one endpoint and ask of it; the others go on untouched. */
export interface EndpointControls {
  /** Sends a frame as it is to every connection, subscribed or not: a text as text frame, bytes as binary frame. */
  emitRaw(frame: string | Uint8Array): number
  /** Ends every connection; without a code abruptly, so that clients see 1006. */
  cut(options?: CutOptions): void
  /** Refuses dials: with an HTTP status, by ending the TCP connection, or by never answering. */
  refuse(answer: number | 'reset' | 'hang', options?: RefuseOptions): void
  /** Lets dials succeed and ends each connection at once; `accept()` ends that too. */
  acceptThenClose(options?: AcceptThenCloseOptions): void
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
  /** Changes the format of every open connection amid its stream, as a message of another part of a program would. */
  flipFormat(format: WireFormat): void
  /**
   * Whether a connection is subscribed to it now. `code` may be left out where the type has no codes, or any will do for
   * `myOrder` and indicators. `level` matters to order books only; without it any will do.
   */
  subscribed(type: string, code?: string, level?: number): boolean
  /** What clients sent, oldest first, with time and connection. */
  readonly received: readonly ReceivedMessage[]
  /** How many connections are open. */
  readonly connections: number
  /** Every attempt to connect, with its time and outcome. */
  readonly dials: readonly Dial[]
}
