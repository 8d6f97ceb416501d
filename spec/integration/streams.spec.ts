/** The promises of C1 to C8 that only a real socket can break: bytes, closes, frames that nobody can read. */
import { filter, firstValueFrom, lastValueFrom, merge, take, toArray } from 'rxjs'
import type { Upbit, UpbitEvent } from '../../src/index'
import { createUpbit, wireFormats } from '../../src/index'
import type { ExchangeServer, ServerOptions } from '../../src/testing'
import { aTicker, malformedFrame, malformedShapes, startExchange } from '../../src/testing'

let exchange: ExchangeServer
const clients: Upbit[] = []

async function start(options: ServerOptions = {}): Promise<void> {
  exchange = await startExchange({ seed: 3, markets: 30, rate: 30, ...options })
}

function connect(options: Parameters<typeof createUpbit>[0] = {}): Upbit {
  const upbit = createUpbit({ url: exchange.url, logger: false, ...options })
  clients.push(upbit)
  return upbit
}

afterEach(async () => {
  await Promise.all(clients.splice(0).map((upbit) => upbit.shutdown()))
  await exchange.close()
})

describe('streams over a real socket', () => {
  it.each(wireFormats)('every type comes in %s, each trade once, states in order', async (format) => {
    await start()
    const upbit = connect({ format })
    const codes = ['KRW-BTC', 'KRW-ETH']
    const events: UpbitEvent[] = await lastValueFrom(
      merge(
        upbit.ticker$(codes).pipe(take(20)),
        upbit.trade$(codes).pipe(take(20)),
        upbit.orderbook$(codes).pipe(take(20)),
        upbit.candle$(codes, '1s').pipe(take(4)),
      ).pipe(toArray()),
    )
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['ticker', 'trade', 'orderbook', 'candle.1s']),
    )
    const ids = events.flatMap((event) =>
      event.type === 'trade' ? `${event.code} ${event.sequential_id}` : [],
    )
    expect(new Set(ids).size).toBe(20)
    const marks = new Map<string, number>()
    for (const event of events) {
      if (event.type !== 'ticker' && event.type !== 'orderbook') continue
      const key = `${event.type} ${event.code}`
      expect(event.timestamp).toBeGreaterThanOrEqual(marks.get(key) ?? 0)
      marks.set(key, event.timestamp)
    }
    const { dials, rejected, drift } = upbit.accounting()
    expect({ dials, rejected, drift: { ...drift } }).toEqual({ dials: 1, rejected: 0, drift: {} })
  })

  it('C4.5 C7 a cut heals by itself: a higher epoch, and a gap that is closed', async () => {
    await start()
    const upbit = connect()
    const seen = firstValueFrom(
      upbit.ticker$('KRW-BTC', { gaps: true }).pipe(
        filter((event) => event.type === 'gap' || event.epoch === 2),
        take(3),
        toArray(),
      ),
    )
    await exchange.until(() => exchange.subscribed('ticker', 'KRW-BTC'))
    await firstValueFrom(upbit.ticker$('KRW-BTC'))
    exchange.cut()
    expect(await seen).toMatchObject([
      { type: 'gap', phase: 'opened' },
      { type: 'gap', phase: 'closed', epochs: [1, 2] },
      { type: 'ticker', epoch: 2 },
    ])
  })

  it('bad frames are counted and skipped: no crash, no reconnect, no polluted prototype', async () => {
    await start({ market: false })
    const upbit = connect()
    const problems: string[] = []
    upbit.errors$.subscribe(({ code }) => problems.push(code))
    const next = firstValueFrom(upbit.ticker$('KRW-BTC'))
    await exchange.until(() => exchange.subscribed('ticker', 'KRW-BTC'))
    for (const shape of malformedShapes) exchange.emitRaw(malformedFrame(shape))
    exchange.emitRaw('not json, in a text frame')
    exchange.emit(aTicker({ trade_price: 7 }))
    expect(await next).toMatchObject({ trade_price: 7, epoch: 1 })
    expect(upbit.accounting()).toMatchObject({ rejected: malformedShapes.length + 1, decoded: 1, dials: 1 })
    expect(problems).toEqual(Array(malformedShapes.length + 1).fill('UNDECODABLE'))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('C1.1 a hundred consumers of two clients share one connection and one message', async () => {
    await start({ market: false })
    const all = [connect(), connect()]
    const counts = all.flatMap((upbit) =>
      Array.from({ length: 50 }, () => {
        const count = { events: 0 }
        upbit.ticker$('KRW-BTC').subscribe(() => count.events++)
        return count
      }),
    )
    // Subscribed last, so served last.
    const served = lastValueFrom((all[1] as Upbit).ticker$('KRW-BTC').pipe(take(2)))
    await exchange.until(() => exchange.subscribed('ticker', 'KRW-BTC'))
    exchange.emit([aTicker(), aTicker()])
    await served
    expect(counts.map(({ events }) => events)).toEqual(Array(100).fill(2))
    expect(exchange.dials).toHaveLength(1)
    expect(exchange.received.filter(({ kind }) => kind === 'subscribe')).toHaveLength(1)
  })

  it('C1.6 shutdown() closes every connection, the auxiliary one too', async () => {
    await start({ market: false })
    const upbit = connect()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    await exchange.until(() => exchange.connections === 2)
    await upbit.shutdown()
    expect(upbit.manager.status).toEqual({ state: 'closed' })
    // That nothing else is left is for a process to show: process-end.spec.ts.
    await exchange.until(() => exchange.connections === 0)
  })
})
