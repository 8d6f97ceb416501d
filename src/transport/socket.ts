/**
 * The port between the library and a socket: what a connection needs, and nothing of `ws` or of a browser. Three
 * adapters implement it: `ws-socket.ts`, `browser-socket.ts` and the simulator's virtual socket.
 */
import type { Observable } from 'rxjs'

/** One message as it came: text, or the bytes of a text. Bytes are only valid until the next turn. */
export type RawFrame = string | Uint8Array

/** What a dialer is asked for. */
export interface SocketRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An open socket. */
export interface Socket {
  /**
   * Every message from the opening on, for who subscribes in the turn of the opening: nothing is kept. Completes when
   * the socket closes, however it closes. Never errors.
   */
  readonly frames$: Observable<RawFrame>
  /**
   * Emits for every sign of life that is no message: for a pong the text that its ping carried, an empty one where that
   * was nothing. An adapter that cannot tell emits whatever it likes that is no text. Completes with `frames$`.
   */
  readonly pongs$: Observable<unknown>
  /** Sends one text message; does nothing once the socket is closing. */
  send(text: string): void
  /**
   * Sends a ping frame that carries `payload`, up to 125 bytes; absent where the platform has none (browsers), where text
   * `PING` takes its place.
   */
  ping?(payload?: string): void
  /** Starts the closing handshake, as unsubscribing does: `openSocket` then errors with the close. */
  close(): void
  /** Drops the connection at once. */
  terminate(): void
  /** Whether this socket alone keeps the process alive. On Node it does not before it is told to, nor does its dial. */
  reference(held: boolean): void
}

/** Why a dial failed or an open socket ended; the connection's verdict is made from this alone. */
export interface SocketFailure {
  readonly kind: 'socket-failure'
  /** `handshake`: never opened. */
  readonly phase: 'handshake' | 'open'
  /** The HTTP status that refused the upgrade. */
  readonly status?: number
  /** The refusal's `Retry-After`, or the block time it names, in milliseconds. */
  readonly retryAfterMs?: number
  /** The close code of an open socket; 1006 when it ended without a close frame. */
  readonly closeCode?: number
  readonly reason?: string
  readonly cause?: unknown
}

/**
 * Dials on subscription. Emits the one `Socket` when it is open; errors with a `SocketFailure` when it could not be
 * opened and when it closes, after `frames$` has completed; never completes. Unsubscribing closes the socket: the
 * closing handshake, then the connection dropped when the peer has not answered within a second.
 */
export type OpenSocket = (request: SocketRequest) => Observable<Socket>
