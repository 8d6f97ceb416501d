import { TestScheduler } from 'rxjs/testing'
import { encodeSubscribe } from '../../src/protocol/request'
import { aTicker, aTrade, createVirtualExchange } from '../../src/testing'
import type { VirtualExchange } from '../../src/testing'
import type { Socket, SocketFailure } from '../../src/transport/socket'

interface Client {
  socket?: Socket
  failure?: SocketFailure
  readonly frames: { atMs: number; json: unknown }[]
  pongs: number
  leave(): void
}

function dial(exchange: VirtualExchange, headers: Record<string, string> = {}): Client {
  const { openSocket, url, environment } = exchange.options
  const client: Client = { frames: [], pongs: 0, leave: () => subscription.unsubscribe() }
  const startMs = environment.now()
  const subscription = openSocket({ url: `${url}/websocket/v1`, headers }).subscribe({
    next: (socket) => {
      client.socket = socket
      socket.frames$.subscribe((frame) => {
        const text = typeof frame === 'string' ? frame : new TextDecoder().decode(frame)
        client.frames.push({ atMs: environment.now() - startMs, json: JSON.parse(text) })
      })
      socket.pongs$.subscribe(() => client.pongs++)
    },
    error: (failure: SocketFailure) => (client.failure = failure),
  })
  return client
}

function inVirtualTime(
  work: (exchange: VirtualExchange, at: (ms: number, work: () => void) => void) => void,
): void {
  const scheduler = new TestScheduler(() => {})
  scheduler.run(() => {
    const exchange = createVirtualExchange()
    work(exchange, (ms, step) => scheduler.schedule(step, ms))
  })
}

const subscribe = encodeSubscribe('t', [{ type: 'ticker', codes: ['KRW-BTC'] }], 'SIMPLE')

describe('createVirtualExchange', () => {
  it('serves what a test emits to whoever is subscribed, in the format of the connection', () => {
    let client: Client | undefined
    inVirtualTime((exchange, at) => {
      client = dial(exchange)
      at(10, () => client?.socket?.send(subscribe))
      at(20, () => {
        expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)
        expect(exchange.emit([aTicker({ trade_price: 7 }), aTrade()])).toBe(1)
      })
      at(30, () => client?.leave())
      at(40, () => expect(exchange.connections).toBe(0))
    })
    expect(client?.frames).toEqual([{ atMs: 20, json: expect.objectContaining({ ty: 'ticker', tp: 7 }) }])
  })

  it('C14.2 stops its timers when no client is left, so that run() ends', () => {
    const scheduler = new TestScheduler(() => {})
    let endedAtMs = 0
    scheduler.run(() => {
      const client = dial(createVirtualExchange())
      scheduler.schedule(() => client.socket?.send('PING'), 1)
      scheduler.schedule(() => client.leave(), 25_000)
    })
    endedAtMs = scheduler.now()
    expect(endedAtMs).toBe(25_000)
  })
})
