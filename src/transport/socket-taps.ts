/**
 * Who looks on at the sockets of a client: shown every opening, frame, request and close of every connection, before
 * anything reads it. Nothing is kept for them; with nobody there, a frame costs the look at one number.
 */
import type { RawFrame, SocketFailure } from './socket'

/** One open socket, as those know it who look on. */
export interface TappedSession {
  /** 1 for the client's first connection; an auxiliary one has the next number. */
  readonly connection: number
  readonly epoch: number
  /** Never the url, which may hold a token. */
  readonly host: string
  readonly openedAtMs: number
  /** The last request for streams, for who comes later. */
  lastSent?: string
}

/** All of it is called in the turn in which it happens, and must not throw. */
export interface SocketTap {
  /** A socket opened; or it was open already when the tap was set, and `atMs` is later than `openedAtMs`. */
  opened(session: TappedSession, atMs: number): void
  /** The bytes are valid until the next turn only. `atMs` is the `received_at` of the frame's events. */
  frame(session: TappedSession, raw: RawFrame, atMs: number): void
  sent(session: TappedSession, text: string, atMs: number): void
  /** Without a failure, it was closed by us: nobody listens any more. */
  closed(session: TappedSession, failure: SocketFailure | undefined, atMs: number): void
}

export class SocketTaps {
  readonly open = new Set<TappedSession>()
  /** Those who look on; a connection tells each. */
  readonly taps = new Set<SocketTap>()
  private connections = 0

  /** A number for one more connection. */
  nextConnection(): number {
    return ++this.connections
  }

  /** Sets a tap, and shows it what is open; returns what takes it off. */
  add(tap: SocketTap, nowMs: number): () => void {
    for (const session of this.open) tap.opened(session, nowMs)
    this.taps.add(tap)
    return () => void this.taps.delete(tap)
  }
}
