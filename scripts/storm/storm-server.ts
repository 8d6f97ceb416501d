/**
 * A server that nobody can stay connected to, and that keeps the book of who tried: every TCP connection counts as a
 * dial, unless it carried a plain HTTP request (some clients ask for the list of markets first, which is answered).
 */
import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

/** What becomes of every upgrade. */
export type Treatment = 'accept-then-close' | 'http-429' | 'http-401'

export const treatments: readonly Treatment[] = ['accept-then-close', 'http-429', 'http-401']

const refusals: Readonly<Record<Exclude<Treatment, 'accept-then-close'>, readonly [string, string]>> = {
  'http-429': ['429 Too Many Requests', 'Too many API requests.'],
  'http-401': [
    '401 Unauthorized',
    JSON.stringify({ error: { name: 'jwt_verification', message: 'Failed to verify the JWT.' } }),
  ],
}

/** What `ccxt` wants to see before it opens a socket. */
const marketList = JSON.stringify([{ market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' }])

export class StormServer {
  readonly treatment: Treatment
  /** When each connection of the other kind than plain HTTP came, ms of this process's monotonic clock. */
  readonly #connectedAtMs = new Map<Socket, number>()
  readonly #http: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #open = new Set<Socket>()
  /** Upgrade requests that came. */
  upgrades = 0
  #first: (() => void) | undefined
  /** Resolves at the first connection that is a dial. */
  readonly firstDial: Promise<void> = new Promise((resolve) => (this.#first = resolve))

  private constructor(treatment: Treatment) {
    this.treatment = treatment
    this.#http = createServer((request, response) => {
      this.#connectedAtMs.delete(request.socket)
      response.writeHead(200, { 'content-type': 'application/json' }).end(marketList)
    })
    this.#http.on('connection', (socket: Socket) => {
      this.#connectedAtMs.set(socket, performance.now())
      this.#open.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => this.#open.delete(socket))
    })
    this.#http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      this.#upgrade(request, stream, head),
    )
  }

  static async start(treatment: Treatment): Promise<StormServer> {
    const server = new StormServer(treatment)
    await new Promise<void>((resolve, reject) => {
      server.#http.once('error', reject).listen(0, '127.0.0.1', resolve)
    })
    return server
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** The times of the dials so far, ms, oldest first. */
  get dialsAtMs(): readonly number[] {
    return [...this.#connectedAtMs.values()]
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => resolve())
      for (const socket of this.#open) socket.destroy()
    })
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.upgrades++
    this.#first?.()
    if (this.treatment === 'accept-then-close') {
      // As a proxy does that has lost its server: the handshake, then the end of the TCP connection.
      this.#sockets.handleUpgrade(request, stream, head, (socket) => socket.terminate())
      return
    }
    const [status, body] = refusals[this.treatment]
    const length = Buffer.byteLength(body)
    stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n${body}`)
  }
}
