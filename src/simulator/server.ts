/**
 * The embedded exchange behind real sockets. It only moves bytes: what to answer is decided by the core, which it
 * shares with the exchange in memory. The only file of the simulator that knows `ws`; `rest/http-side.ts` answers
 * the requests that are no upgrade.
 */
import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Environment } from '../base/environment'
import { realEnvironment } from '../base/environment'
import type { DialAnswer } from './dial-answer'
import { endAbruptly } from './end-abruptly'
import { Exchange } from './exchange'
import type { ConnectionPort, ExchangeConnection } from './exchange-connection'
import { ExchangeKit } from './exchange-kit'
import type { FeedMaker } from './feed'
import { chooseFeed } from './choose-feed'
import { answerHttp } from './rest/http-side'
import { headersOf, refuseUpgrade } from './upgrade-answer'
import type { ExchangeOptions } from './options'
import { checkExchangeOptions, resolveOptions } from './options'

/** Options of `startExchange`. */
export interface ServerOptions extends ExchangeOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default 127.0.0.1: nobody else can connect. */
  readonly host?: string
  /** Clock and timers. Default: the process's. */
  readonly environment?: Environment
}

/** A client that does not read is dropped when this much waits for it, as an exchange would. */
const maxBufferedBytes = 64 * 1024 * 1024
/** How long a client may take to answer the ping behind a replay's last frame. */
const arrivalTimeoutMs = 5_000
/** How long a client may take to answer the closing handshake. */
const closeTimeoutMs = 1_000

/** A test runner that resolves for a page gets a `ws` without a server. */
const noServer =
  'startExchange listens with `ws`, and its entry for browsers was resolved. Resolve for Node (jest: ' +
  "testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] }), or take createVirtualExchange."

/** An exchange on a port of this machine. */
export class ExchangeServer extends ExchangeKit {
  private readonly http: Server
  private readonly sockets: WebSocketServer
  private readonly streams = new Set<Duplex>()
  private unsent = 0
  private flushWaiters: (() => void)[] = []
  private closing: Promise<void> | undefined
  private origin = ''

  constructor(
    private readonly serverOptions: ServerOptions,
    makeFeed: FeedMaker,
  ) {
    const resolved = resolveOptions(serverOptions, { market: true })
    // The server itself keeps the process, so its timers need not hold back.
    super(new Exchange(resolved, serverOptions.environment ?? realEnvironment, makeFeed, () => true))
    this.http = createServer(answerHttp(this.exchange.rest.service, this.exchange.timers))
    this.sockets = new WebSocketServer({
      noServer: true,
      // Pongs are the core's to send, since a stalled connection sends none.
      autoPong: false,
      maxPayload: 2 * 1024 * 1024,
      // Negotiated only where the client offers it.
      perMessageDeflate: true,
    })
    this.http.on('connection', (stream: Duplex) => {
      this.streams.add(stream)
      stream.once('close', () => this.streams.delete(stream))
    })
    this.http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      this.upgrade(request, stream, head),
    )
  }

  /** The WebSocket origin: `ws://127.0.0.1:54321`. */
  get url(): string {
    return this.origin
  }

  /** The REST origin, on the same port: `http://127.0.0.1:54321`. */
  get restUrl(): string {
    return this.origin.replace(/^ws/, 'http')
  }

  /** Binds the port; `startExchange` has done it. */
  async listen(): Promise<void> {
    const { port = 0, host = '127.0.0.1' } = this.serverOptions
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', reject)
      this.http.listen(port, host, () => {
        this.http.off('error', reject)
        resolve()
      })
    })
    const { address, family, port: bound } = this.http.address() as AddressInfo
    this.origin = `ws://${family === 'IPv6' ? `[${address}]` : address}:${bound}`
  }

  /** Drops every connection, stops every timer and gives the port back. */
  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => {
      this.exchange.end()
      this.http.close(() => resolve())
      for (const stream of this.streams) stream.destroy()
    })
    return this.closing
  }

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  protected flushed(): Promise<void> {
    if (this.unsent === 0) return Promise.resolve()
    return new Promise((resolve) => this.flushWaiters.push(resolve))
  }

  /** Resolves when every client has got what was sent to it, or is gone, or does not answer. */
  protected async arrived(): Promise<void> {
    await this.flushed()
    await Promise.all([...this.sockets.clients].map((socket) => this.answered(socket)))
  }

  /** A client answers a ping when it has taken what came before it. */
  private answered(socket: WebSocket): Promise<void> {
    if (socket.readyState !== socket.OPEN) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        cancel()
        socket.off('pong', done)
        socket.off('close', done)
        resolve()
      }
      const cancel = this.exchange.timers.after(arrivalTimeoutMs, done)
      socket.on('pong', done)
      socket.on('close', done)
      socket.ping()
    })
  }

  private upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A client may go away while its handshake waits; nothing is to be done about it.
    stream.on('error', () => {})
    const answer = this.exchange.dial({
      path: request.url ?? '/',
      headers: headersOf(request),
      remoteAddress: request.socket.remoteAddress ?? '',
    })
    const { handshakeMs } = this.exchange.options
    if (handshakeMs === 0) this.reply(answer, request, stream, head)
    else this.exchange.timers.after(handshakeMs, () => this.reply(answer, request, stream, head))
  }

  private reply(answer: DialAnswer, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (answer.kind === 'hang') return
    if (answer.kind === 'reset') return endAbruptly(request.socket)
    if (answer.kind === 'refuse') return refuseUpgrade(stream, answer)
    const addHeaders = (headers: string[]): void => {
      for (const [name, value] of Object.entries(answer.headers)) headers.push(`${name}: ${value}`)
    }
    this.sockets.once('headers', addHeaders)
    this.sockets.handleUpgrade(request, stream, head, (socket) => this.open(answer, socket))
    // The handshake is synchronous; where it failed the listener is still there.
    this.sockets.off('headers', addHeaders)
  }

  private open(answer: DialAnswer & { readonly kind: 'accept' }, socket: WebSocket): void {
    const connection: ExchangeConnection = answer.open(this.port(socket))
    socket.on('message', (data: RawData, isBinary: boolean) =>
      // Only texts are requests; the core refuses the rest by their form.
      connection.receive(isBinary ? '' : (data as Buffer).toString('utf8')),
    )
    socket.on('ping', (payload: Buffer) => connection.pinged(payload))
    socket.on('error', () => {})
    socket.on('close', () => connection.closedByClient())
  }

  private port(socket: WebSocket): ConnectionPort {
    return {
      frame: (data) => {
        if (socket.readyState !== socket.OPEN) return
        if (socket.bufferedAmount > maxBufferedBytes) return socket.terminate()
        this.unsent++
        socket.send(data, { binary: typeof data !== 'string' }, () => this.sent())
      },
      pong: (payload) => {
        if (socket.readyState === socket.OPEN) socket.pong(payload)
      },
      close: (code, reason) => {
        socket.close(code, reason)
        const cancel = this.exchange.timers.after(closeTimeoutMs, () => socket.terminate())
        socket.once('close', cancel)
      },
      drop: () => socket.terminate(),
    }
  }

  private sent(): void {
    this.unsent--
    if (this.unsent > 0) return
    const waiters = this.flushWaiters
    this.flushWaiters = []
    for (const done of waiters) done()
  }
}

/**
 * Starts an embedded exchange on a port of this machine, by default with the seeded market of 855 codes. Resolves when
 * it listens; it serves, and holds the process, until `close()`.
 *
 * @throws Error rejects with the system's own error when it cannot listen, by `code`: `EADDRINUSE` where the port is
 * taken, `EACCES` where it may not be used, `EADDRNOTAVAIL` or `ENOTFOUND` where the host is none of this machine's,
 * `ERR_SOCKET_BAD_PORT` for a number that no port has. Where `ws` is the empty one for browsers, as under jsdom, with
 * what to set.
 *
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { startExchange } from 'upbit-rx/testing'
 *
 * await using exchange = await startExchange({ seed: 7 })
 * const upbit = createUpbit({ url: exchange.url })
 * ```
 */
export async function startExchange(options: ServerOptions = {}): Promise<ExchangeServer> {
  if ((WebSocketServer as unknown) === undefined) throw new Error(noServer)
  checkExchangeOptions(options, ['port', 'host', 'environment'])
  const server = new ExchangeServer(options, chooseFeed)
  await server.listen()
  return server
}
