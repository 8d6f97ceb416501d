import type { RestTickerEvent, SnapshotsOf, TickerEvent } from '../src/index'
import { WebSocketClientProxy } from '../src/index'
import { aCandle, anOrderbook, aTicker, aTrade } from '../src/testing'
import { world } from './support/world'

describe('get…Snapshot', () => {
  it('C2.1 is the first event of the code from the wire, and leaves the wire', async () => {
    const { upbit, exchange, pass, asked } = world()
    const snapshots = [
      upbit.getTickerSnapshot('KRW-BTC'),
      upbit.getTradeSnapshot('KRW-BTC'),
      upbit.getOrderbookSnapshot('KRW-BTC', { units: 1 }),
      upbit.getCandleSnapshot('KRW-BTC', '1m'),
    ]
    upbit.subscribeTicker('KRW-ETH', () => {})
    pass(1000)
    exchange.emit([aTicker({ trade_price: 1 }), aTrade(), anOrderbook(), aCandle('1m')])
    exchange.emit(aTicker({ trade_price: 2 }))
    const [ticker, trade, book, candle] = await Promise.all(snapshots)
    expect([ticker, trade, book, candle]).toMatchObject([
      { type: 'ticker', trade_price: 1, source: 'socket' },
      { type: 'trade' },
      { type: 'orderbook', orderbook_units: [{}] },
      { type: 'candle.1m' },
    ])
    expect(upbit.consumers()).toHaveLength(1)
    pass(6000)
    expect(asked().at(-1)).toEqual(['ticker KRW-ETH'])
  })

  it('is from memory at once where that has it', async () => {
    const { upbit, exchange, pass } = world()
    upbit.subscribeTicker('KRW-BTC', () => {})
    pass(1000)
    exchange.emit(aTicker({ trade_price: 7 }))
    const proxy = new WebSocketClientProxy('a_1', { upbit })
    await expect(proxy.getTickerSnapshot('KRW-BTC')).resolves.toMatchObject({
      trade_price: 7,
      source: 'memory',
    })
    expect(proxy.accounting()).toMatchObject({ offered: 1, delivered: 1 })
  })

  it('of a list is one event a code, in its order, whatever the order of arrival', async () => {
    const { upbit, exchange, pass } = world()
    const snapshot = upbit.getTickerSnapshot(['KRW-BTC', 'KRW-ETH', 'KRW-BTC'])
    pass(1000)
    exchange.emit([aTicker({ code: 'KRW-ETH' }), aTicker({ code: 'KRW-BTC', trade_price: 1 })])
    expect((await snapshot).map(({ code }) => code)).toEqual(['KRW-BTC', 'KRW-ETH', 'KRW-BTC'])
    // A list of one is a list.
    await Promise.resolve()
    const one = upbit.getTickerSnapshot(['KRW-BTC'])
    pass(1000)
    exchange.emit(aTicker())
    await expect(one).resolves.toHaveLength(1)
  })

  it('of an order book is of the level that it is asked for', async () => {
    const { upbit, exchange, pass, asked } = world()
    const snapshot = upbit.getOrderbookSnapshot('KRW-BTC', { level: 10_000 })
    pass(1000)
    exchange.emit(anOrderbook({ level: 10_000 }))
    await expect(snapshot).resolves.toMatchObject({ level: 10_000 })
    expect(asked()).toEqual([['orderbook KRW-BTC@10000']])
  })

  it('C2.4 rejects in time, with the code and the state of the connection', async () => {
    const { upbit, pass } = world()
    const snapshot = upbit.getTickerSnapshot(['KRW-BTC', 'KRW-ETH'], { timeoutMs: 1500 })
    pass(1500)
    await expect(snapshot).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'getTickerSnapshot of KRW-BTC +1 took longer than 1500 ms; the connection was live.',
    })
    expect(upbit.consumers()).toEqual([])
  })

  it('C2.4 rejects when its signal aborts', async () => {
    const { upbit, pass } = world()
    const stop = new AbortController()
    const snapshot = upbit.getTradeSnapshot('KRW-BTC', { signal: stop.signal })
    pass(1000)
    stop.abort()
    await expect(snapshot).rejects.toMatchObject({ code: 'ABORTED' })
    expect(upbit.consumers()).toEqual([])
  })

  it('C2.3 a signal that has aborted already lets nothing begin', async () => {
    const { upbit, exchange, pass } = world()
    await expect(upbit.getTickerSnapshot('KRW-BTC', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    })
    pass(1000)
    expect(exchange.dials).toEqual([])
  })

  it('C2.4 says the state of the connection that it used, after a shutdown too', async () => {
    const { upbit, pass } = world()
    await upbit.shutdown()
    const snapshot = upbit.getTickerSnapshot('KRW-BTC', { timeoutMs: 2000 })
    pass(2000)
    await expect(snapshot).rejects.toMatchObject({ message: expect.stringMatching(/was live/) as string })
  })

  it('a list that changes meanwhile changes nothing', async () => {
    const { upbit, exchange, pass } = world()
    const codes = ['KRW-BTC', 'KRW-ETH']
    const snapshot = upbit.getTickerSnapshot(codes)
    codes.length = 0
    pass(1000)
    exchange.emit([aTicker({ code: 'KRW-ETH' }), aTicker({ code: 'KRW-BTC' })])
    await expect(snapshot).resolves.toMatchObject([{ code: 'KRW-BTC' }, { code: 'KRW-ETH' }])
  })

  it('rejects with the error of its stream, and when its client is shut down', async () => {
    const { upbit, exchange, pass } = world()
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    const refused = upbit.getTickerSnapshot('KRW-XXX')
    const failed = expect(refused).rejects.toMatchObject({ code: 'REJECTED' })
    pass(2000)
    await failed
    const ended = upbit.getTickerSnapshot('KRW-BTC')
    const aborted = expect(ended).rejects.toMatchObject({ code: 'ABORTED' })
    await upbit.shutdown()
    await aborted
  })

  it.each<[string, (get: SnapshotsOf<TickerEvent | RestTickerEvent>) => Promise<unknown>, string]>([
    ['a wrong code', (get) => get('BTC/KRW'), 'codes'],
    ['no code', (get) => get([]), 'codes'],
    ['an option of another call', (get) => get('KRW-BTC', { units: 1 } as object), 'units'],
    ['an option of streams', (get) => get('KRW-BTC', { buffer: {} } as object), 'buffer'],
    ['no options', (get) => get('KRW-BTC', null as never), 'options'],
    ['a number', (get) => get('KRW-BTC', 50 as never), 'options'],
    ['no time', (get) => get('KRW-BTC', { timeoutMs: 0 }), 'timeoutMs'],
  ])('rejects at once for %s', async (_, ask, option) => {
    const { upbit, exchange, pass } = world()
    await expect(ask(upbit.getTickerSnapshot)).rejects.toMatchObject({ option })
    await expect(ask(new WebSocketClientProxy('a_1', { upbit }).getTickerSnapshot)).rejects.toMatchObject({
      option,
    })
    pass(1000)
    expect(exchange.dials).toEqual([])
  })

  it('rejects for a unit that has no candles', async () => {
    const { upbit } = world()
    await expect(upbit.getCandleSnapshot('KRW-BTC', '2m' as '1m')).rejects.toMatchObject({ option: 'unit' })
  })
})
