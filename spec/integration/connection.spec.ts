/** The connection and its socket against the embedded exchange on a real port. */
import type { Subscription } from 'rxjs'
import { firstValueFrom } from 'rxjs'
import { Connected } from '../support/connected'
import { realEnvironment } from '../../src/base/environment'
import type { ExchangeServer, ReceivedMessage, ServerOptions } from '../../src/testing'
import { aTicker, malformedFrame, malformedShapes, startExchange } from '../../src/testing'
import { wsSocket } from '../../src/transport/ws-socket'

let exchange: ExchangeServer
const listening: Subscription[] = []
const open: Connected[] = []

async function start(options: ServerOptions = {}): Promise<void> {
  exchange = await startExchange({ market: false, ...options })
}

/** A connection whose dials are counted for themselves, so that no spec waits for another. */
function connect(...codes: readonly string[]): Connected {
  const environment = { ...realEnvironment }
  const connected = new Connected({ environment, openSocket: wsSocket(environment), url: exchange.url })
  open.push(connected)
  connected.want(...codes)
  listening.push(connected.listen())
  return connected
}

afterEach(async () => {
  for (const each of listening.splice(0)) each.unsubscribe()
  await Promise.all(open.splice(0).map(({ connection }) => firstValueFrom(connection.close$())))
  await exchange.close()
})

/** Emits a ticker of each code until a connection that wants them has it. */
async function deliver(connected: Connected, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) await exchange.until(() => exchange.subscribed('ticker', code))
  const before = connected.events.length
  const arrived = new Promise<void>((resolve) => {
    connected.received = () => {
      if (connected.events.length === before + codes.length) resolve()
    }
  })
  exchange.emit(codes.map((code) => aTicker({ code })))
  await arrived
}

const requests = (): readonly ReceivedMessage[] =>
  exchange.received.filter(({ kind }) => kind === 'subscribe')
const codesOf = ({ items }: ReceivedMessage): readonly string[] => items.flatMap(({ codes }) => codes)

describe('a connection over a real socket', () => {
  it('subscribes, brings data, reconnects, resends and goes on', async () => {
    await start()
    const connected = connect('KRW-BTC', 'KRW-ETH')
    await deliver(connected, 'KRW-BTC', 'KRW-ETH')
    exchange.cut()
    await deliver(connected, 'KRW-BTC', 'KRW-ETH')
    exchange.cut({ code: 1000 })
    await deliver(connected, 'KRW-BTC', 'KRW-ETH')
    expect(connected.events.map(({ epoch, code }) => `${epoch} ${code}`)).toEqual([
      '1 KRW-BTC',
      '1 KRW-ETH',
      '2 KRW-BTC',
      '2 KRW-ETH',
      '3 KRW-BTC',
      '3 KRW-ETH',
    ])
    expect(requests().map((request) => [request.connection, codesOf(request)])).toEqual([
      [1, ['KRW-BTC', 'KRW-ETH']],
      [2, ['KRW-BTC', 'KRW-ETH']],
      [3, ['KRW-BTC', 'KRW-ETH']],
    ])
    expect(connected.losses.map(({ epoch }) => epoch)).toEqual([1, 2])
  })

  it('C9.1 asks for everything within 5 ms of the opening, as the exchange sees it', async () => {
    await start({ limits: false })
    const delays: number[] = []
    for (let round = 1; round <= 5; round++) {
      const connected = connect('KRW-BTC')
      await deliver(connected, 'KRW-BTC')
      delays.push(requests()[round - 1]!.atMs - exchange.dials[round - 1]!.atMs)
      listening.pop()?.unsubscribe()
      await firstValueFrom(connected.connection.close$())
    }
    // Each is the same work; what is above the fastest of them is this machine's other business.
    expect(Math.min(...delays)).toBeLessThanOrEqual(5)
  })

  it('C9.1 has everything wanted on the wire after a change, since a message replaces all', async () => {
    await start()
    const connected = connect('KRW-BTC')
    await deliver(connected, 'KRW-BTC')
    connected.want('KRW-ETH')
    await deliver(connected, 'KRW-BTC', 'KRW-ETH')
    connected.leave('KRW-BTC')
    connected.want('KRW-XRP')
    await deliver(connected, 'KRW-ETH', 'KRW-XRP')
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(false)
    expect(exchange.dials).toHaveLength(1)
  })

  it('C9.5 fails what the exchange refuses, and brings the rest on the next connection', async () => {
    await start()
    exchange.rejectItems({ codes: ['KRW-BAD'] }, 'INVALID_PARAM')
    const connected = connect('KRW-BTC')
    await deliver(connected, 'KRW-BTC')
    connected.want('KRW-BAD')
    await exchange.until(() => exchange.dials.length === 2)
    await deliver(connected, 'KRW-BTC')
    // Alone on the probe it is refused once more.
    await exchange.until(() => connected.rejections.length > 0)
    expect(connected.rejections).toEqual([{ ids: ['ticker KRW-BAD'], name: 'INVALID_PARAM' }])
    expect(connected.events.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(connected.refusal).toBeUndefined()
  })

  it.each(['stay-open', 'close'] as const)(
    'C9.6 gets what it asks for past a limit, where the exchange then says %s',
    async (limitViolation) => {
      await start({
        limits: { messagesPerSecond: 1 },
        // Backwards from each message: no second of the clock may begin between the two.
        switches: { limitViolation, limitName: 'Too Many Requests', limitWindow: 'sliding' },
      })
      const connected = connect('KRW-BTC')
      await deliver(connected, 'KRW-BTC')
      connected.want('KRW-ETH')
      await exchange.until(() => requests().length >= 2)
      await deliver(connected, 'KRW-BTC', 'KRW-ETH')
      expect(connected.rejections).toEqual([])
      expect(exchange.dials).toHaveLength(limitViolation === 'close' ? 2 : 1)
    },
    15_000,
  )

  it('lives through every malformed frame on one connection', async () => {
    await start()
    const connected = connect('KRW-BTC')
    await deliver(connected, 'KRW-BTC')
    for (const shape of malformedShapes) exchange.emitRaw(malformedFrame(shape))
    await deliver(connected, 'KRW-BTC')
    expect(exchange.dials).toHaveLength(1)
    expect(connected.events).toHaveLength(2)
    expect(connected.undecodable.length).toBeGreaterThan(0)
    const { frames, data, control, decoded, rejected } = connected.connection.counters
    expect(frames).toBe(data + control)
    expect(data).toBe(decoded + rejected)
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  it('C10.2 dials no more after INVALID_AUTH', async () => {
    await start()
    const connected = connect('KRW-BTC')
    await deliver(connected, 'KRW-BTC')
    exchange.sendError('INVALID_AUTH')
    await new Promise<void>((resolve) => {
      connected.connection.status$.subscribe(({ state }) => {
        if (state === 'closed') resolve()
      })
    })
    expect(connected.refusal).toMatchObject({ code: 'AUTH_REFUSED', serverName: 'INVALID_AUTH' })
    expect(exchange.dials).toHaveLength(1)
  })

  it('C1.6 has no socket left when close$ emits', async () => {
    await start()
    const connected = connect('KRW-BTC')
    await deliver(connected, 'KRW-BTC')
    listening.pop()?.unsubscribe()
    await firstValueFrom(connected.connection.close$())
    await exchange.until(() => exchange.connections === 0)
    expect(connected.connection.status).toEqual({ state: 'closed' })
    expect(connected.losses).toEqual([])
  })
})
