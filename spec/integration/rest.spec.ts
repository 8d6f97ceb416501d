/** REST over real HTTP: the library's own `fetch` and tokens against the embedded exchange. */
import { inspect } from 'node:util'
import { filter, firstValueFrom, toArray, take } from 'rxjs'
import type { Upbit, UpbitOptions } from '../../src/index'
import { createUpbit, GlobalWebSocketManager } from '../../src/index'
import type { ExchangeServer } from '../../src/testing'
import { resetShared, startExchange } from '../../src/testing'
import { limitBuyBody, marketBuyBody, rowOf } from '../rest/support/rows'

const keys = {
  accessKey: 'testAccessKey0000000000000000000000000',
  secretKey: '0123456789abcdefghijABCDEFGHIJ0123456789',
}
const krw = {
  currency: 'KRW',
  balance: '50000.47088291',
  locked: '0',
  avg_buy_price: '0',
  avg_buy_price_modified: true,
  unit_currency: 'KRW',
}

describe('REST on the embedded exchange', () => {
  let exchange: ExchangeServer
  let upbit: Upbit
  const client = (options: UpbitOptions = {}): Upbit =>
    createUpbit({ url: exchange.url, isolated: true, ...options })

  beforeEach(async () => {
    exchange = await startExchange({ seed: 1, markets: 20, accounts: [{ ...keys, balances: [krw] }] })
    upbit = client()
  })
  afterEach(async () => {
    await upbit.shutdown()
    await exchange.close()
  })

  it('gives markets, tickers, books and what can be asked of them', async () => {
    const { rest } = upbit
    const markets = await rest.getMarkets({ isDetails: true })
    expect(markets).toHaveLength(20)
    expect(markets[0]).toMatchObject({ market: 'KRW-BTC', market_event: { warning: false } })
    const tickers = await rest.getTickers(['KRW-BTC', 'KRW-ETH'])
    expect(tickers.map(({ market }) => market)).toEqual(['KRW-BTC', 'KRW-ETH'])
    expect((await rest.getTickersByQuote('KRW')).length).toBeGreaterThan(5)
    const [book] = await rest.getOrderbooks('KRW-BTC', { count: 5 })
    expect(book?.orderbook_units).toHaveLength(5)
    const [instrument] = await rest.getOrderbookInstruments('KRW-BTC')
    expect(instrument).toMatchObject({ market: 'KRW-BTC', quote_currency: 'KRW', tick_size: '1000' })
    expect(upbit.accounting().drift).toEqual({})
  })

  it('gives trades by pages, each once and as exact as the stream, and candles of every unit', async () => {
    const { rest } = upbit
    const [newest] = await rest.getTrades('KRW-BTC')
    const page = await rest.getTrades('KRW-BTC', { count: 50, cursor: newest!.sequential_id })
    expect(page.map(({ sequential_id }) => sequential_id)).not.toContain(newest!.sequential_id)
    expect(new Set(page.map(({ sequential_id }) => sequential_id)).size).toBe(page.length)
    for (const { sequential_id } of page) expect(sequential_id).toMatch(/^\d{16,}$/)
    for (const unit of ['1s', '1m', '240m', 'days', 'weeks', 'months', 'years'] as const) {
      const candles = await rest.getCandles('KRW-BTC', unit, { count: 2 })
      expect(candles.length).toBeGreaterThan(0)
      expect(candles[0]).toMatchObject({ market: 'KRW-BTC' })
    }
    const [day] = await rest.getCandles('KRW-BTC', 'days', { convertingPriceUnit: 'KRW' })
    expect(day?.converted_trade_price).toBe(day?.trade_price)
  })

  it('C3 a trade by REST and the same one by stream agree on all that both tell', async () => {
    const received = await firstValueFrom(upbit.trade$('KRW-BTC').pipe(take(3), toArray()))
    const fetched = await upbit.rest.getTrades('KRW-BTC', { count: 500 })
    for (const event of received) {
      const row = fetched.find(({ sequential_id }) => sequential_id === event.sequential_id)
      expect(row).toMatchObject({
        market: event.code,
        trade_date_utc: event.trade_date,
        trade_time_utc: event.trade_time,
        timestamp: event.trade_timestamp,
        trade_price: event.trade_price,
        trade_volume: event.trade_volume,
        prev_closing_price: event.prev_closing_price,
        ask_bid: event.ask_bid,
      })
      expect(Math.abs(row!.change_price)).toBe(event.change_price)
    }
  })

  it('C12 signs what is of an account, parameters included, and tells a wrong key from a missing right', async () => {
    const limitBuy = rowOf(limitBuyBody) as never
    const marketBuy = rowOf(marketBuyBody) as never
    exchange.setOrders(keys.accessKey, [limitBuy, marketBuy])
    const own = client({ credentials: keys })
    try {
      await expect(own.rest.getAccounts()).resolves.toEqual([krw])
      await expect(own.rest.getOpenOrders()).resolves.toMatchObject([
        { uuid: (limitBuy as { uuid: string }).uuid },
      ])
      await expect(own.rest.getOrder({ uuid: rowOf(marketBuyBody).uuid as string })).resolves.toMatchObject({
        locked: '0.952626075',
        trades: [{ funds: '9999.04785' }],
      })
      await expect(own.rest.getOrder({ uuid: 'none' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        status: 404,
        serverName: 'order_not_found',
      })
    } finally {
      await own.shutdown()
    }
    const wrong = client({ credentials: { ...keys, secretKey: 'x'.repeat(40) } })
    const refused: unknown = await wrong.rest.getAccounts().catch((error: unknown) => error)
    await wrong.shutdown()
    expect(refused).toMatchObject({ code: 'AUTH_REFUSED', status: 401, serverName: 'jwt_verification' })
    expect(inspect([refused, wrong, wrong.manager, wrong.rest], { depth: 9, showHidden: true })).not.toMatch(
      /xxxxx|testAccessKey/,
    )
    await expect(upbit.rest.getAccounts()).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      option: 'credentials',
    })
  })

  it('sends no Origin and no cookie', async () => {
    await upbit.rest.getMarkets()
    expect(exchange.restCalls).toMatchObject([{ status: 200 }])
    // With an Origin the second call within ten seconds would be refused.
    await expect(upbit.rest.getMarkets()).resolves.toHaveLength(20)
  })

  it('C11.1 asks no more often than the exchange takes: what is too much waits, and nothing is refused', async () => {
    const answers = await Promise.all(Array.from({ length: 13 }, () => upbit.rest.getTickers('KRW-BTC')))
    expect(answers).toHaveLength(13)
    expect(exchange.restCalls.map(({ status }) => status)).toEqual(Array.from({ length: 13 }, () => 200))
  })

  it('survives what a server can do wrong, and says what it was', async () => {
    const { rest } = upbit
    exchange.refuseRest(503, { times: 1 })
    await expect(rest.getMarkets()).resolves.toHaveLength(20)
    exchange.refuseRest('reset', { times: 1 })
    await expect(rest.getMarkets()).resolves.toHaveLength(20)
    exchange.refuseRest('hang')
    await expect(rest.getMarkets({ timeoutMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    exchange.acceptRest()
    await expect(rest.getTickers('KRW-NOPE')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      serverName: '404',
    })
  })

  it('C2.1 a snapshot of what nobody has on the wire costs a call and no dial', async () => {
    await expect(upbit.getTickerSnapshot('KRW-BTC')).resolves.toMatchObject({ source: 'rest' })
    await expect(upbit.getCandleSnapshot('KRW-BTC', '1m')).resolves.toMatchObject({ source: 'rest' })
    await expect(upbit.getTradeSnapshot('KRW-BTC')).resolves.toMatchObject({ source: 'rest' })
    await expect(upbit.getOrderbookSnapshot('KRW-BTC', { units: 3 })).resolves.toMatchObject({
      source: 'rest',
      orderbook_units: [{}, {}, {}],
    })
    expect(exchange.dials).toEqual([])
  })

  it('C1.2 the shared instance has them too', async () => {
    process.env.UPBIT_URL = exchange.url
    try {
      const { rest } = GlobalWebSocketManager.shared()
      await expect(rest.getTickers('KRW-BTC')).resolves.toHaveLength(1)
    } finally {
      delete process.env.UPBIT_URL
      await resetShared()
    }
  })

  it('a client that is shut down ends its calls and no other one’s', async () => {
    exchange.delayRest(200)
    const other = client({ isolated: false })
    const third = client({ isolated: false })
    const [ended, kept] = [other.rest.getMarkets(), third.rest.getMarkets()]
    const aborted = expect(ended).rejects.toMatchObject({ code: 'ABORTED' })
    await exchange.until(() => exchange.restCalls.length === 2)
    await other.shutdown()
    await aborted
    await expect(kept).resolves.toHaveLength(20)
    await third.shutdown()
  })

  it('keeps what a stream knows in front of what is fetched', async () => {
    const live = await firstValueFrom(
      upbit.ticker$('KRW-BTC').pipe(filter(({ source }) => source === 'socket')),
    )
    const stream = upbit.ticker$('KRW-BTC').subscribe()
    await expect(upbit.getTickerSnapshot('KRW-BTC')).resolves.not.toMatchObject({ source: 'rest' })
    expect(live.code).toBe('KRW-BTC')
    stream.unsubscribe()
  })
})
