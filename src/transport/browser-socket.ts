/**
 * The browser adapter over the global `WebSocket`. A browser has no ping frame, tells no HTTP status, and always sends
 * an `Origin`, which the exchange limits to one request in ten seconds (docs.upbit.com, 2024-07-17).
 */
import { ReplaySubject, NEVER } from 'rxjs'
import type { Environment } from '../base/environment'
import type { Wire } from './open-through'
import { openThrough } from './open-through'
import type { OpenSocket, SocketFailure } from './socket'

/** What this adapter uses of a browser's `WebSocket`. */
export type BrowserWebSocket = new (url: string) => WebSocket

/** The dialer for browsers; `WebSocketClass` is the page's own unless given. */
export function browserSocket(
  environment: Environment,
  WebSocketClass: BrowserWebSocket = globalThis.WebSocket,
): OpenSocket {
  return openThrough(environment, ({ url }) => new BrowserWire(url, WebSocketClass))
}

class BrowserWire implements Wire {
  onopen: (() => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onmessage: ((event: { data: string | Uint8Array }) => void) | null = null
  onerror: ((event: { message?: string }) => void) | null = null

  private readonly closedSubject = new ReplaySubject<SocketFailure>(1)
  readonly closed$ = this.closedSubject.asObservable()
  readonly pongs$ = NEVER

  private readonly socket: WebSocket
  private opened = false
  private ended = false

  constructor(url: string, WebSocketClass: BrowserWebSocket) {
    this.socket = new WebSocketClass(url)
    // Blobs could only be read in a later turn, out of order with the close.
    this.socket.binaryType = 'arraybuffer'
    this.socket.onopen = () => {
      this.opened = true
      this.onopen?.()
    }
    this.socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      this.onmessage?.({ data: typeof data === 'string' ? data : new Uint8Array(data) })
    this.socket.onclose = ({ code, reason }) => this.end(code, reason)
  }

  send(text: string): void {
    if (this.socket.readyState === 1) this.socket.send(text)
  }

  close(): void {
    if (this.socket.readyState < 2) this.socket.close(1000)
  }

  /** The most that a browser offers: its own closing handshake goes on in the background, the session is over. */
  terminate(): void {
    this.close()
    this.end(1006, 'terminated')
  }

  reference(): void {
    // A page has no process to hold.
  }

  private end(closeCode: number, reason: string): void {
    if (this.ended) return
    this.ended = true
    this.closedSubject.next({
      kind: 'socket-failure',
      phase: this.opened ? 'open' : 'handshake',
      reason,
      ...(this.opened ? { closeCode } : {}),
    })
    this.closedSubject.complete()
    this.onclose?.({ code: closeCode, reason })
  }
}
