/** A real HTTP server on the loopback, whose answers are in a spec's hands, and which notes what it was asked. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface AskedRequest {
  readonly method: string
  /** As it was sent, still encoded. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
  readonly body: string
}

export interface PeerAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** What it does with a request; one that answers nothing leaves it open. */
export type Answering = (request: AskedRequest, response: ServerResponse) => PeerAnswer | undefined

export interface HttpPeer {
  readonly url: string
  readonly asked: AskedRequest[]
  answer: Answering
  /** Resolves when the client has dropped the connection of its last request. */
  readonly dropped: Promise<void>
  end(): Promise<void>
}

export async function startHttpPeer(answer: Answering = () => ({})): Promise<HttpPeer> {
  const asked: AskedRequest[] = []
  let drop: () => void = () => {}
  const dropped = new Promise<void>((resolve) => (drop = resolve))
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) drop()
    })
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers, rawHeaders } = request
      const heard = { method, path, headers, rawHeaders, body }
      asked.push(heard)
      const given = peer.answer(heard, response)
      if (given === undefined) return
      response.writeHead(given.status ?? 200, {
        'content-type': 'application/json;charset=UTF-8',
        ...given.headers,
      })
      response.end(given.body ?? '')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const peer: HttpPeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer,
    dropped,
    async end() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return peer
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}
