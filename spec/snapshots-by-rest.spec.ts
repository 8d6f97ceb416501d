/** C2.1, C5: what a snapshot takes from memory, from REST and from the wire, and which of them wins. */
import { NEVER, Observable } from 'rxjs'
import type { UpbitOptions } from '../src/index'
import { createUpbit, WebSocketClientProxy } from '../src/index'
import { aCandle, anOrderbook, aTicker, aTrade } from '../src/testing'
import type { HttpAnswer, SendHttp } from '../src/transport/http'
import { candlesBody, orderbookBody, tickerBody, tickersAt, tradesBody } from './rest/support/rows'
import type { World } from './support/world'
import { world } from './support/world'

interface RestWorld extends World {
  /** Paths with query that were asked for, in order. */
  readonly paths: string[]
  /** Answers the oldest call that waits. */
  readonly answer: (body: string, status?: number) => void
  readonly dropped: () => number
}

function restWorld(): RestWorld {
  const paths: string[] = []
  const waiting: ((answer: HttpAnswer) => void)[] = []
  let dropped = 0
  const sendHttp: SendHttp = ({ url }) =>
    new Observable<HttpAnswer>((subscriber) => {
      const { pathname, search } = new URL(url)
      paths.push(pathname + search)
      const give = (answer: HttpAnswer): void => {
        subscriber.next(answer)
        subscriber.complete()
      }
      waiting.push(give)
      return () => {
        const at = waiting.indexOf(give)
        if (at < 0) return
        waiting.splice(at, 1)
        dropped++
      }
    })
  return {
    ...world({ client: { sendHttp } }),
    paths,
    answer: (body, status = 200) => waiting.shift()?.({ status, headers: {}, body }),
    dropped: () => dropped,
  }
}

describe('get…Snapshot by REST', () => {
  it('C2.1 asks REST for what nobody has on the wire, and dials nothing', async () => {
    const { upbit, exchange, pass, paths, answer } = restWorld()
    const snapshots = [
      upbit.getTickerSnapshot('KRW-BTC'),
      upbit.getTradeSnapshot('KRW-BTC'),
      upbit.getOrderbookSnapshot('KRW-BTC', { units: 1, level: 0 }),
      upbit.getCandleSnapshot('KRW-BTC', '1m'),
    ]
    await Promise.resolve()
    for (const body of [tickerBody, tradesBody, orderbookBody, candlesBody]) answer(body)
    expect(await Promise.all(snapshots)).toMatchObject([
      { type: 'ticker', code: 'KRW-BTC', trade_price: 103493000, source: 'rest', epoch: 0 },
      { type: 'trade', code: 'KRW-BTC', sequential_id: '17732400590950000', source: 'rest' },
      { type: 'orderbook', orderbook_units: [{ ask_price: 103461000 }], total_ask_size: 3.5, source: 'rest' },
      { type: 'candle.1m', candle_date_time_utc: '2026-03-11T14:40:00', source: 'rest' },
    ])
    expect(paths).toEqual([
      '/v1/ticker?markets=KRW-BTC',
      '/v1/trades/ticks?market=KRW-BTC',
      '/v1/orderbook?markets=KRW-BTC&level=0',
      '/v1/candles/minutes/1?market=KRW-BTC',
    ])
    pass(10_000)
    expect([exchange.dials, upbit.consumers()]).toEqual([[], []])
    expect(upbit.accounting()).toMatchObject({ offered: 4, delivered: 4, pending: 0 })
  })

  it('is from memory at once where that has it, and asks only for the rest', async () => {
    const { upbit, exchange, pass, paths, answer } = restWorld()
    upbit.subscribeTicker('KRW-BTC', () => {})
    pass(1000)
    exchange.emit(aTicker({ trade_price: 7 }))
    await expect(upbit.getTickerSnapshot('KRW-BTC')).resolves.toMatchObject({
      source: 'memory',
      trade_price: 7,
    })
    expect(paths).toEqual([])
    const both = upbit.getTickerSnapshot(['KRW-BTC', 'KRW-ETH'])
    await Promise.resolve()
    answer(tickersAt(1, 'KRW-ETH'))
    expect((await both).map(({ code, source }) => [code, source])).toEqual([
      ['KRW-BTC', 'memory'],
      ['KRW-ETH', 'rest'],
    ])
    expect(paths).toEqual(['/v1/ticker?markets=KRW-ETH'])
  })

  it('C5 what comes over the wire before the answer wins, and the call is dropped', async () => {
    const { upbit, exchange, pass, dropped, answer } = restWorld()
    upbit.subscribeTicker('KRW-BTC', () => {})
    pass(1000)
    const snapshot = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    exchange.emit(aTicker({ trade_price: 8 }))
    await expect(snapshot).resolves.toMatchObject({ source: 'socket', trade_price: 8 })
    expect(dropped()).toBe(1)
    answer(tickerBody)
  })

  it('C5 an answer that is older than what has been delivered does not win: memory does', async () => {
    const { upbit, exchange, pass, now, answer } = restWorld()
    const snapshot = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    // Another one brings it onto the wire while the call is on its way.
    upbit.subscribeTicker('KRW-BTC', () => {})
    pass(500)
    const newer = now()
    exchange.emit(aTicker({ timestamp: newer, trade_price: 9 }))
    answer(tickersAt(newer - 1, 'KRW-BTC'))
    await expect(snapshot).resolves.toMatchObject({ source: 'memory', trade_price: 9 })
  })

  it('C5 one that is as new does', async () => {
    const { upbit, exchange, pass, now, answer } = restWorld()
    const snapshot = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    upbit.subscribeTicker('KRW-BTC', () => {})
    pass(500)
    exchange.emit(aTicker({ timestamp: now() }))
    answer(tickersAt(now(), 'KRW-BTC'))
    await expect(snapshot).resolves.toMatchObject({ source: 'rest' })
  })

  it('C5 nor after a reconnect one that is older than what the epoch before has delivered', async () => {
    const { upbit, exchange, pass, now, answer } = restWorld()
    upbit.subscribeTicker('KRW-BTC', () => {})
    pass(1000)
    const seen = now()
    exchange.emit(aTicker({ timestamp: seen }))
    exchange.cut()
    const snapshot = upbit.getTickerSnapshot('KRW-BTC', { timeoutMs: 20_000 })
    await Promise.resolve()
    answer(tickersAt(seen - 1, 'KRW-BTC'))
    pass(8000)
    exchange.emit(aTicker({ timestamp: seen + 1, trade_price: 3 }))
    await expect(snapshot).resolves.toMatchObject({ source: 'socket', epoch: 2, trade_price: 3 })
  })

  it('C5.2 a candle of an earlier period than the one delivered does not win', async () => {
    const { upbit, exchange, pass, answer } = restWorld()
    const snapshot = upbit.getCandleSnapshot('KRW-BTC', '1m')
    await Promise.resolve()
    upbit.subscribeCandle('KRW-BTC', '1m', () => {})
    pass(500)
    exchange.emit(aCandle('1m', { candle_date_time_utc: '2026-03-11T14:41:00', timestamp: 1773240060001 }))
    answer(candlesBody)
    await expect(snapshot).resolves.toMatchObject({
      source: 'memory',
      candle_date_time_utc: '2026-03-11T14:41:00',
    })
  })

  it.each([
    [404, '{"error":{"name":404,"message":"Code not found"}}'],
    [500, ''],
    [429, 'Too many API requests.'],
    [200, '<html></html>'],
    [200, '[]'],
  ])('falls back to the wire when REST answers %s %s', async (status, body) => {
    const { upbit, exchange, pass, answer, asked, paths } = restWorld()
    const snapshot = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    answer(body, status)
    pass(500)
    exchange.emit(aTicker({ trade_price: 5 }))
    await expect(snapshot).resolves.toMatchObject({ source: 'socket', trade_price: 5 })
    expect(asked()).toEqual([['ticker KRW-BTC']])
    expect(paths).toHaveLength(1)
  })

  it('does not wait for a host that swallows calls: after a second the wire is asked too', async () => {
    const { upbit, exchange, pass, dropped, asked } = restWorld()
    const snapshot = upbit.getOrderbookSnapshot('KRW-BTC', { units: 1 })
    await Promise.resolve()
    pass(999)
    expect(asked()).toEqual([])
    pass(500)
    expect(asked()).toEqual([['orderbook KRW-BTC']])
    exchange.emit(anOrderbook())
    await expect(snapshot).resolves.toMatchObject({ source: 'socket', orderbook_units: [{}] })
    expect(dropped()).toBe(1)
    pass(10_000)
    expect(upbit.consumers()).toEqual([])
  })

  it('asks the wire at once for more trades than REST has permits in a second', async () => {
    const { upbit, exchange, pass, paths } = restWorld()
    const codes = Array.from({ length: 11 }, (_, index) => `KRW-C${index}`)
    const snapshot = upbit.getTradeSnapshot(codes)
    pass(500)
    exchange.emit(codes.map((code) => aTrade({ code })))
    await expect(snapshot).resolves.toHaveLength(11)
    expect(paths).toEqual([])
  })

  it('C2.4 a time-out has what REST said as its cause', async () => {
    const { upbit, pass, answer } = restWorld()
    const snapshot = upbit.getTickerSnapshot('KRW-XXX')
    await Promise.resolve()
    answer('{"error":{"name":"not_found","message":"no Route matched with those values"}}', 404)
    pass(5000)
    await expect(snapshot).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'getTickerSnapshot of KRW-XXX took longer than 5000 ms; the connection was live.',
      cause: { code: 'NOT_FOUND', serverName: 'not_found' },
    })
  })

  const unknown = '{"error":{"name":404,"message":"Code not found"}}'

  it('C2.1 a code that REST does not know and the wire does not send in two seconds is NOT_FOUND', async () => {
    const { upbit, pass, answer } = restWorld()
    const snapshot = upbit.getTickerSnapshot('KRW-NOPE')
    await Promise.resolve()
    answer(unknown, 404)
    let isOver = false
    const over = (): boolean => (isOver = true)
    snapshot.then(over, over)
    pass(1999)
    await Promise.resolve()
    expect(isOver).toBe(false)
    pass(1)
    await expect(snapshot).rejects.toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      serverMessage: 'Code not found',
      message: expect.stringContaining('KRW-NOPE') as string,
    })
    expect(upbit.consumers()).toEqual([])
  })

  it('C2.1 of a list the unknown code alone is named: the wire sent the others', async () => {
    const { upbit, exchange, pass, answer } = restWorld()
    const snapshot = upbit.getTickerSnapshot(['KRW-BTC', 'KRW-NOPE'])
    await Promise.resolve()
    answer(unknown, 404)
    pass(500)
    exchange.emit(aTicker({ code: 'KRW-BTC' }))
    pass(1500)
    await expect(snapshot).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'REST does not know a code, and the wire sent nothing: KRW-NOPE.',
    })
  })

  it('C2.1 where each code is a call, one that fails does not lose the others', async () => {
    const { upbit, exchange, pass, answer, asked } = restWorld()
    const snapshot = upbit.getTradeSnapshot(['KRW-NEW', 'KRW-BTC'])
    await Promise.resolve()
    answer(unknown, 404)
    answer(tradesBody)
    pass(500)
    expect(asked()).toEqual([['trade KRW-NEW']])
    exchange.emit(aTrade({ code: 'KRW-NEW' }))
    await expect(snapshot).resolves.toMatchObject([{ source: 'socket' }, { source: 'rest' }])
  })

  it('C5 an answer that is older than what a snapshot gave does not follow it: the wire is asked', async () => {
    const { upbit, exchange, pass, now, answer } = restWorld()
    const at = now()
    const first = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    answer(tickersAt(at, 'KRW-BTC'))
    await expect(first).resolves.toMatchObject({ source: 'rest', timestamp: at })
    const second = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    answer(tickersAt(at - 1, 'KRW-BTC'))
    pass(500)
    exchange.emit(aTicker({ timestamp: at + 1 }))
    await expect(second).resolves.toMatchObject({ source: 'socket', timestamp: at + 1 })
    pass(60_000)
    const third = upbit.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    answer(tickersAt(at + 1, 'KRW-BTC'))
    await expect(third).resolves.toMatchObject({ source: 'rest' })
  })

  it('ends with its proxy, its client and its signal: the call is dropped', async () => {
    const { upbit, dropped } = restWorld()
    const proxy = new WebSocketClientProxy('chart_1', { upbit })
    const ofProxy = proxy.getTickerSnapshot('KRW-BTC')
    await Promise.resolve()
    expect(proxy.consumers()).toMatchObject([{ name: 'chart_1 getTickerSnapshot', offered: 0 }])
    const aborted = expect(ofProxy).rejects.toMatchObject({ code: 'ABORTED' })
    await proxy.cleanup()
    await aborted
    const stop = new AbortController()
    const stopped = expect(upbit.getTickerSnapshot('KRW-BTC', { signal: stop.signal })).rejects.toMatchObject(
      {
        code: 'ABORTED',
      },
    )
    await Promise.resolve()
    stop.abort()
    await stopped
    const ended = expect(upbit.getTickerSnapshot('KRW-BTC')).rejects.toMatchObject({ code: 'ABORTED' })
    await Promise.resolve()
    await upbit.shutdown()
    await ended
    expect(dropped()).toBe(3)
  })

  it('with a dialer of its own and no sender asks the wire alone: that world may have no REST', async () => {
    const of = (options: UpbitOptions): boolean =>
      createUpbit({ isolated: true, ...options }).manager.options.snapshotsByRest
    const sendHttp = (): Observable<never> => NEVER
    const openSocket = (): Observable<never> => NEVER
    expect([of({}), of({ openSocket }), of({ sendHttp }), of({ sendHttp, openSocket })]).toEqual([
      true,
      false,
      true,
      true,
    ])
  })
})
