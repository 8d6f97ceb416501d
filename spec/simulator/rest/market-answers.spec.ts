import { aTicker, anOrderbook } from '../../../src/testing'
import { runVirtually } from '../support/virtual-client'
import { RestBench } from '../support/rest'
import type { HttpAnswer } from '../../../src/transport/http'

type Row = Readonly<Record<string, unknown>>

describe('GET /v1/market/all', () => {
  const bench = new RestBench({ markets: 855 })

  it('lists the markets that sockets have, with details when asked', () => {
    const rows = bench.rows('/v1/market/all')
    expect(rows).toHaveLength(855)
    expect(rows[0]).toEqual({ market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' })
    expect(bench.rows('/v1/market/all?is_details=true')[0]).toMatchObject({
      market_event: { warning: false, caution: { PRICE_FLUCTUATIONS: false } },
    })
  })

  it('does not list what was taken off, and lists it again after', () => {
    const end = bench.exchange.delist('KRW-BTC')
    expect(bench.rows('/v1/market/all')).toHaveLength(854)
    expect(bench.ask('/v1/ticker?markets=KRW-BTC').status).toBe(404)
    end()
    expect(bench.rows('/v1/market/all')).toHaveLength(855)
  })
})

describe('tickers and order books', () => {
  it('are what the sockets said last, with the same time and digits', () => {
    runVirtually(20_000, { market: true, limits: false }, ({ exchange, client, at }) => {
      const one = client()
      const answers: Row[][] = []
      const ask = (path: string): void =>
        void exchange
          .sendHttp({ method: 'GET', url: `https://any${path}`, headers: {} })
          .subscribe(({ body }: HttpAnswer) => answers.push(JSON.parse(body) as Row[]))
      const last = (type: string): Row => one.json.filter((frame) => frame.type === type).at(-1) as Row
      at(0, () =>
        one.send([{ ticket: 't' }, ...['ticker', 'orderbook'].map((type) => ({ type, codes: ['KRW-BTC'] }))]),
      )
      for (let ms = 1_000; ms < 20_000; ms += 500) {
        at(ms, () => {
          answers.length = 0
          ask('/v1/ticker?markets=KRW-BTC')
          ask('/v1/orderbook?markets=KRW-BTC')
        })
        // The answers come in a later turn of the same moment.
        at(ms + 0.5, () => {
          const [[ticker], [book]] = answers as [[Row], [Row]]
          const told = last('ticker')
          for (const [name, value] of Object.entries(ticker)) {
            if (name !== 'market' && !name.endsWith('_kst')) expect([name, value]).toEqual([name, told[name]])
          }
          const { market: _market, ...rest } = book
          const fromSocket = last('orderbook')
          // A trade changes the book at once and its frame follows: REST is never behind.
          expect(rest.timestamp).toBeGreaterThanOrEqual(fromSocket.timestamp as number)
          if (rest.timestamp === fromSocket.timestamp) expect(fromSocket).toMatchObject(rest)
        })
      }
    })
  })

  it('have the fields of the recorded answers, in their order and spelling', () => {
    const bench = new RestBench()
    bench.exchange.emit(aTicker({ trade_volume: 0.00094678, trade_price: 103_493_000 }))
    bench.exchange.emit(
      anOrderbook({ orderbook_units: [{ ask_price: 2, bid_price: 1, ask_size: 0.5, bid_size: 1e-8 }] }),
    )
    const { body } = bench.ask('/v1/ticker?markets=KRW-BTC')
    expect(body).toContain('"trade_timestamp":1795392000000,')
    expect(body).toContain('"trade_price":103493000.0,')
    expect(body).toContain('"trade_volume":0.00094678,')
    expect(body).toMatch(
      /^\[\{"market":"KRW-BTC","trade_date":"20261123","trade_time":"000000","trade_date_kst":"20261123","trade_time_kst":"090000",/,
    )
    expect(bench.ask('/v1/orderbook?markets=KRW-BTC').body).toBe(
      '[{"market":"KRW-BTC","timestamp":1795392000000,"total_ask_size":0.5,"total_bid_size":0.00000001,' +
        '"orderbook_units":[{"bid_price":1.0,"bid_size":0.00000001,"ask_price":2.0,"ask_size":0.5}],"level":0}]',
    )
  })

  it('fails the whole call for one unknown market', () => {
    const bench = new RestBench({ market: true })
    const { status, body } = bench.ask('/v1/ticker?markets=KRW-BTC,KRW-NONE')
    expect([status, body]).toEqual([404, '{"error":{"name":404,"message":"Code not found"}}'])
  })

  it('narrows a book, and knows no level that the exchange does not offer', () => {
    const bench = new RestBench({ market: true })
    const [book] = bench.rows('/v1/orderbook?markets=krw-btc&count=3&level=10000')
    const units = book?.orderbook_units as { ask_size: number }[]
    expect([units.length, book?.level]).toEqual([3, 10_000])
    expect(book?.total_ask_size).toBeCloseTo(
      units.reduce((sum, unit) => sum + unit.ask_size, 0),
      8,
    )
    expect(
      (bench.rows('/v1/orderbook?markets=KRW-BTC&count=50')[0]?.orderbook_units as unknown[]).length,
    ).toBe(30)
    expect(bench.rows('/v1/orderbook?markets=KRW-BTC&level=7')).toEqual([])
  })

  it('gives every market of the quote currencies', () => {
    const bench = new RestBench({ market: true, markets: 30 })
    const quotes = (path: string): Set<unknown> =>
      new Set(bench.rows(path).map(({ market }) => String(market).split('-')[0]))
    expect(quotes('/v1/ticker/all?quote_currencies=KRW,BTC')).toEqual(new Set(['KRW', 'BTC']))
    expect(bench.rows('/v1/ticker/all?quote_currencies=KRW')).toHaveLength(10)
  })

  it.each([
    ['/v1/ticker', 'Missing request parameter error. Check the required parameters!'],
    ['/v1/orderbook?markets=KRW-BTC&count=abc', 'Type mismatch error. Check the parameters type!'],
    ['/v1/orderbook?markets=KRW-BTC&count=0', 'Invalid parameter. Check the given value!'],
    ['/v1/trades/ticks?market=KRW-BTC&count=501', 'Invalid parameter. Check the given value!'],
    ['/v1/candles/minutes/1?market=KRW-BTC&to=yesterday', 'Invalid parameter. Check the given value!'],
  ])('answers %s with an error whose name is the status', (path, message) => {
    const { status, body } = new RestBench({ market: true }).ask(path)
    expect([status, JSON.parse(body)]).toEqual([400, { error: { name: 400, message } }])
  })

  it('tells ticks and levels as texts', () => {
    const bench = new RestBench({ market: true })
    expect(bench.rows('/v1/orderbook/instruments?markets=KRW-BTC,BTC-ETH')).toEqual([
      {
        market: 'KRW-BTC',
        quote_currency: 'KRW',
        tick_size: '1000',
        supported_levels: ['0', '10000', '100000', '1000000', '10000000', '100000000'],
      },
      { market: 'BTC-ETH', quote_currency: 'BTC', tick_size: '0.00000001', supported_levels: ['0'] },
    ])
  })

  it('knows a market that nobody watches as it is now, not as it was', () => {
    const bench = new RestBench({ market: true })
    const first = bench.rows('/v1/ticker?markets=KRW-BTC')[0]
    bench.pass(30_000)
    const later = bench.rows('/v1/ticker?markets=KRW-BTC')[0]
    expect((later?.trade_timestamp as number) - (first?.trade_timestamp as number)).toBeGreaterThan(10_000)
  })
})
