import { on, once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createConnection } from 'node:net'
import { WebSocket } from 'ws'
import type { ExchangeServer, ServerOptions } from '../../src/testing'
import { aMyOrder, aTicker, startExchange } from '../../src/testing'
import { accounts } from './support/private-client'
import { bearer } from './support/token'

let exchange: ExchangeServer | undefined
const clients: WebSocket[] = []

async function start(options: ServerOptions = {}): Promise<ExchangeServer> {
  exchange = await startExchange({ market: false, ...options })
  return exchange
}

function connect(path = '/websocket/v1', options: WebSocket.ClientOptions = {}): WebSocket {
  const client = new WebSocket(`${exchange?.url}${path}`, { perMessageDeflate: false, ...options })
  clients.push(client)
  client.on('error', () => {})
  return client
}

async function open(path?: string, options?: WebSocket.ClientOptions): Promise<WebSocket> {
  const client = connect(path, options)
  await once(client, 'open')
  return client
}

/** The status, headers and body of a refused upgrade. */
async function refusalOf(client: WebSocket): Promise<{ status: number; headers: object; body: string }> {
  const [, response] = (await once(client, 'unexpected-response')) as [unknown, IncomingMessage]
  let body = ''
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) body += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}

const subscribe = JSON.stringify([{ ticket: 't' }, { type: 'ticker', codes: ['KRW-BTC'] }])

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate()
  await exchange?.close()
  exchange = undefined
})

describe('startExchange', () => {
  it('C2.2 refuses a misspelt option before it listens', async () => {
    await expect(startExchange({ prot: 1 } as object)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      option: 'prot',
      nextStep: 'Did you mean `port`?',
    })
  })

  it('3 4 65 verifies tokens on the upgrade and serves an account its own frames', async () => {
    const server = await start({ accounts, switches: { authFailure: 'http-401' } })
    const { status, body } = await refusalOf(connect('/websocket/v1/private'))
    expect({ status, ...(JSON.parse(body) as object) }).toMatchObject({
      status: 401,
      error: { name: 'no_authorization_token' },
    })
    const client = await open('/websocket/v1/private', { headers: bearer() })
    client.send(JSON.stringify([{ ticket: 't' }, { type: 'myOrder' }]))
    await server.until(() => server.private.subscribed('myOrder'))
    const message = once(client, 'message')
    expect(server.emit(aMyOrder({ volume: '0.1234567890123456789' }))).toBe(1)
    const [data, isBinary] = (await message) as [Buffer, boolean]
    expect(isBinary).toBe(true)
    expect(data.toString()).toContain('"volume":0.1234567890123456789,')
    expect(server.private.dials.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted'])
  })

  it('listens on loopback and serves emitted events as binary frames', async () => {
    const server = await start()
    expect(server.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    const client = await open()
    client.send(subscribe)
    await server.until(() => server.subscribed('ticker', 'KRW-BTC'))
    const message = once(client, 'message')
    expect(server.emit(aTicker())).toBe(1)
    const [data, isBinary] = (await message) as [Buffer, boolean]
    expect(isBinary).toBe(true)
    expect(JSON.parse(data.toString())).toMatchObject({ type: 'ticker', code: 'KRW-BTC' })
  })

  it('answers the upgrade with the headers that were observed, and no extension unless one is offered', async () => {
    await start()
    const plain = connect()
    const [response] = await once(plain, 'upgrade')
    expect(response.headers).toMatchObject({
      'remaining-req': 'group=websocket; min=300; sec=4',
      'limit-by-ip': 'Yes',
    })
    expect(response.headers['sec-websocket-extensions']).toBeUndefined()
    const compressed = await open('/websocket/v1', { perMessageDeflate: true })
    expect(compressed.extensions).toBe('permessage-deflate')
  })

  it.each([429, 418, 401, 503])(
    'refuses dials with %i as often as ordered, then accepts again',
    async (status) => {
      const server = await start()
      server.refuse(status, { times: 1, retryAfterMs: 3_000 })
      const refused = await refusalOf(connect())
      expect(refused.status).toBe(status)
      expect(refused.headers).toMatchObject({ 'retry-after': '3' })
      await open()
      expect(server.dials.map((dial) => dial.outcome)).toEqual(['refused', 'accepted'])
      expect(server.dials[0]).toMatchObject({ path: '/websocket/v1', status, remoteAddress: '127.0.0.1' })
    },
  )

  it('resets the TCP connection when ordered to', async () => {
    const server = await start()
    server.refuse('reset', { times: 1 })
    const client = connect()
    const [error] = await once(client, 'error')
    expect(error.code).toBe('ECONNRESET')
  })

  it('leaves a dial unanswered when ordered to, until accept()', async () => {
    const server = await start()
    server.refuse('hang')
    const hung = connect()
    await server.until(() => server.dials.length === 1)
    server.accept()
    await open()
    expect(hung.readyState).toBe(WebSocket.CONNECTING)
    expect(server.dials.map((dial) => dial.outcome)).toEqual(['hung', 'accepted'])
  })

  it('takes as long for the handshake as it is told', async () => {
    await start({ handshakeMs: 40 })
    const startedMs = performance.now()
    await open()
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(38)
  })

  it('cuts without a close frame, or closes with a code', async () => {
    const server = await start()
    const cut = once(await open(), 'close')
    server.cut()
    expect((await cut)[0]).toBe(1006)
    const closed = once(await open(), 'close')
    server.cut({ code: 1001, reason: 'maintenance' })
    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([1001, 'maintenance'])
    await server.until(() => server.connections === 0)
  })

  it('answers ping frames itself, and not while it is stalled', async () => {
    const server = await start()
    const client = await open()
    const pong = once(client, 'pong')
    client.ping('abc')
    expect(String((await pong)[0])).toBe('abc')

    server.stall()
    let pongs = 0
    client.on('pong', () => pongs++)
    client.ping()
    client.send(subscribe)
    await server.until(() => server.subscribed('ticker', 'KRW-BTC'))
    server.emit(aTicker({ trade_price: 1 }))
    server.resume()
    const message = once(client, 'message')
    server.emit(aTicker({ trade_price: 2 }))
    expect(JSON.parse(String((await message)[0])).trade_price).toBe(2)
    expect(pongs).toBe(0)
  })

  it('lets the market trade unless told otherwise: the snapshot first, then changes', async () => {
    const server = await start({ market: true, rate: 5 })
    const client = await open()
    client.send(JSON.stringify([{ ticket: 't' }, { type: 'orderbook', codes: ['KRW-BTC.1'] }]))
    const streams: string[] = []
    for await (const [data] of on(client, 'message') as AsyncIterable<[Buffer]>) {
      const book = JSON.parse(data.toString()) as { stream_type: string; orderbook_units: unknown[] }
      expect(book.orderbook_units).toHaveLength(1)
      if (streams.push(book.stream_type) === 3) break
    }
    expect(streams).toEqual(['SNAPSHOT', 'REALTIME', 'REALTIME'])
    expect(server.received).toHaveLength(1)
  })

  it('serves IPv6 when told to', async () => {
    const server = await start({ host: '::1' }).catch(() => undefined)
    // A machine without IPv6 has nothing to show.
    if (server === undefined) return
    expect(server.url).toMatch(/^ws:\/\/\[::1\]:\d+$/)
    await open()
    expect(server.dials).toMatchObject([{ outcome: 'accepted', remoteAddress: '::1' }])
  })

  it('answers plain HTTP with 404', async () => {
    const server = await start()
    const response = await fetch(server.url.replace('ws:', 'http:'))
    expect(response.status).toBe(404)
  })

  it('refuses binary requests as malformed', async () => {
    await start()
    const client = await open()
    const message = once(client, 'message')
    client.send(Buffer.from(subscribe))
    expect(JSON.parse(String((await message)[0])).error.name).toBe('WRONG_FORMAT')
  })

  it('is idle only when every frame has left', async () => {
    const server = await start()
    const client = await open()
    client.send(subscribe)
    await server.until(() => server.subscribed('ticker', 'KRW-BTC'))
    let received = 0
    client.on('message', () => received++)
    server.emit(Array.from({ length: 200 }, () => aTicker()))
    await server.idle()
    const last = once(client, 'pong')
    client.ping()
    await last
    expect(received).toBe(200)
  })

  it('survives a client that goes away amid a slow handshake', async () => {
    const server = await start({ handshakeMs: 20 })
    const { port } = new URL(server.url)
    const stream = createConnection(Number(port), '127.0.0.1')
    stream.write(
      'GET /websocket/v1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    await server.until(() => server.dials.length === 1)
    stream.destroy()
    const client = await open()
    await server.until(() => server.connections === 1)
    expect(server.dials.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    client.send(subscribe)
    await server.until(() => server.subscribed('ticker', 'KRW-BTC'))
    expect(server.emit(aTicker())).toBe(1)
  })

  it('gives the port back at close, which may be called twice', async () => {
    const server = await start()
    const closed = once(await open(), 'close')
    await Promise.all([server.close(), server.close()])
    expect((await closed)[0]).toBe(1006)
    const again = connect()
    const [error] = await once(again, 'error')
    expect(error.code).toBe('ECONNREFUSED')
  })

  it('rejects when the port is taken', async () => {
    const server = await start()
    const port = Number(new URL(server.url).port)
    await expect(startExchange({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('is closed by `await using`', async () => {
    let url = ''
    {
      await using server = await startExchange({ market: false })
      url = server.url
    }
    const client = new WebSocket(`${url}/websocket/v1`)
    const [error] = await once(client, 'error')
    expect(error.code).toBe('ECONNREFUSED')
  })
})

describe('startExchange where `ws` is its empty entry for browsers', () => {
  afterEach(() => {
    jest.dontMock('ws')
    jest.resetModules()
  })

  it('says what to set instead of failing over a missing class', async () => {
    jest.resetModules()
    jest.doMock('ws', () => ({}))
    const { startExchange: startWithoutServer } = await import('../../src/simulator/server')
    await expect(startWithoutServer()).rejects.toThrow(/customExportConditions.*createVirtualExchange/)
  })
})
