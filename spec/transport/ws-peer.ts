/** A real WebSocket server on a loopback port, as far from the client as a test can have it. */
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { VirtualTime } from '../support/virtual-time'
import type { OpenSocket } from '../../src/transport/socket'
import { wsSocket } from '../../src/transport/ws-socket'
import type { Peer } from './adapter-cases'

export interface WsPeer extends Peer {
  readonly url: string
  /** The upgrade requests, as they came. */
  readonly upgrades: readonly { readonly request: IncomingMessage; readonly stream: Duplex }[]
  /** Resolves when there was a dial that is not answered yet. */
  dialed(): Promise<{ readonly request: IncomingMessage; readonly stream: Duplex }>
  /** Answers the newest dial with a text, byte by byte as given. */
  answer(http: string): Promise<Duplex>
  /** The server's end of the newest open connection. */
  readonly socket: WebSocket
}

export async function startWsPeer(): Promise<WsPeer> {
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true })
  const upgrades: { request: IncomingMessage; head: Buffer; stream: Duplex }[] = []
  const streams = new Set<Duplex>()
  const texts: string[] = []
  const closes: Promise<number>[] = []
  let socket: WebSocket | undefined
  let answered = 0

  http.on('connection', (stream: Duplex) => {
    streams.add(stream)
    stream.on('error', () => {})
  })
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    upgrades.push({ request, stream, head })
    http.emit('dialed')
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`

  const dialed = async (): Promise<(typeof upgrades)[number]> => {
    if (upgrades.length === answered) await once(http, 'dialed')
    return upgrades[answered++]!
  }

  const peer: WsPeer = {
    url,
    upgrades,
    dialed,
    openSocket: ({ environment }: VirtualTime): OpenSocket => wsSocket(environment),
    request: { url },
    get dials() {
      return upgrades.length
    },
    get socket() {
      return socket!
    },
    async accept() {
      const { request, stream, head } = await dialed()
      if (stream.destroyed) return
      sockets.handleUpgrade(request, stream, head, (opened) => {
        socket = opened
        opened.on('message', (data) => texts.push((data as Buffer).toString()))
        opened.on('error', () => {})
        closes.push(once(opened, 'close').then(([code]) => code as number))
      })
    },
    async refuse() {
      await peer.answer('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    },
    async answer(text) {
      const { stream } = await dialed()
      stream.write(text)
      return stream
    },
    send: (data) => socket!.send(data),
    async received(count) {
      while (texts.length < count) await once(socket!, 'message')
      return texts
    },
    close: (code, reason) => socket!.close(code, reason),
    drop: () => socket!.terminate(),
    ignoreClose() {
      // A stopped receiver reads no close frame, so it answers none.
      socket!.pause()
    },
    closedWith: () => closes[closes.length - 1]!,
    async closeFrame() {
      // Enough turns for the frame to have left: the peer reads nothing, so it cannot tell.
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    },
    async end() {
      sockets.close()
      http.close()
      for (const stream of streams) stream.destroy()
      await once(http, 'close')
    },
  }
  return peer
}
