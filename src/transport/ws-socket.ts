/**
 * The Node adapter over `ws`, and the only file of the library that imports it. Messages cross as bytes whatever
 * their opcode: whether they are UTF-8 is decided by decoding, so a bad text frame costs a frame, not the connection.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { ReplaySubject, Subject, takeUntil } from 'rxjs'
import { WebSocket } from 'ws'
import type { Environment } from '../base/environment'
import type { Wire } from './open-through'
import { openThrough } from './open-through'
import type { OpenSocket, SocketFailure, SocketRequest } from './socket'
import { retryAfterMs, statedWaitMs } from './stated-wait'

/** Frames over 1 MiB are skipped by decoding; beyond this even receiving them is refused. */
const maxPayloadBytes = 16 * 1024 * 1024
/** How much of a refusal's body is read for its block time, and for how long: the status alone says what is next. */
const maxRefusalLength = 4096
const refusalTimeoutMs = 1000

/** The dialer for Node: `ws` behind `rxjs-websockets`. */
export function wsSocket(environment: Environment): OpenSocket {
  return openThrough(environment, (request) => new WsWire(request, environment))
}

class WsWire implements Wire {
  onopen: (() => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onmessage: ((event: { data: Uint8Array }) => void) | null = null
  onerror: ((event: { message?: string }) => void) | null = null

  // Replays, since the cut of `frames$` may be subscribed after a close that came with the opening.
  private readonly closedSubject = new ReplaySubject<SocketFailure>(1)
  private readonly pongsSubject = new Subject<string>()
  readonly closed$ = this.closedSubject.asObservable()
  readonly pongs$ = this.pongsSubject.asObservable()

  private readonly socket: WebSocket
  private net: NetSocket | undefined
  private referenced = false
  private opened = false
  private ended = false
  private lastError: Error | undefined

  constructor(
    { url, headers }: SocketRequest,
    private readonly environment: Environment,
  ) {
    this.socket = new WebSocket(url, {
      headers: { ...headers },
      // Compression costs 10 to 25 times the CPU of plain frames in Node, and `ws` offers it unless told not to.
      perMessageDeflate: false,
      skipUTF8Validation: true,
      maxPayload: maxPayloadBytes,
      finishRequest: (clientRequest) => {
        clientRequest.on('socket', (net) => {
          this.net = net
          this.reference(this.referenced)
        })
        clientRequest.end()
      },
    })
    this.socket.on('open', () => {
      this.opened = true
      this.onopen?.()
    })
    this.socket.on('message', (data: Buffer) => this.onmessage?.({ data }))
    this.socket.on('pong', (data: Buffer) => this.pongsSubject.next(data.toString('latin1')))
    this.socket.on('unexpected-response', (_request, response) => this.refused(response))
    this.socket.on('error', (error) => (this.lastError = error))
    this.socket.on('close', (code, reason) => this.end({ closeCode: code, reason: reason.toString() }))
  }

  send(text: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text)
  }

  ping(payload = ''): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.ping(payload)
  }

  close(): void {
    this.socket.close(1000)
  }

  terminate(): void {
    this.socket.terminate()
  }

  reference(held: boolean): void {
    this.referenced = held
    if (held) this.net?.ref()
    else this.net?.unref()
  }

  /** The upgrade was answered with something else; the status decides what the connection does next. */
  private refused(response: IncomingMessage): void {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      // Cut here and not later: one chunk may be 64 kB.
      body = (body + text).slice(0, maxRefusalLength)
      if (body.length === maxRefusalLength) response.destroy()
    })
    response.on('close', () => {
      const retryAfterMs = retryAfterOf(response, body)
      this.end({
        status: response.statusCode,
        reason: body.slice(0, 200),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      })
      this.socket.terminate()
    })
    this.environment
      .timer$(refusalTimeoutMs, { referenced: false })
      .pipe(takeUntil(this.closed$))
      .subscribe(() => response.destroy())
  }

  private end(what: Pick<SocketFailure, 'status' | 'closeCode' | 'reason' | 'retryAfterMs'>): void {
    if (this.ended) return
    this.ended = true
    const { closeCode, ...rest } = what
    this.closedSubject.next({
      kind: 'socket-failure',
      phase: this.opened ? 'open' : 'handshake',
      ...rest,
      ...(this.opened && closeCode !== undefined ? { closeCode } : {}),
      ...(this.lastError === undefined ? {} : { cause: this.lastError }),
    })
    this.closedSubject.complete()
    this.pongsSubject.complete()
    this.onclose?.({ code: closeCode ?? 1006, reason: rest.reason ?? '' })
  }
}

/** `Retry-After`, else what the body names. */
function retryAfterOf({ headers }: IncomingMessage, body: string): number | undefined {
  return retryAfterMs(headers['retry-after'], headers.date) ?? statedWaitMs(body)
}
