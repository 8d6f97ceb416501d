import { gunzipSync } from 'node:zlib'
import { realEnvironment } from '../../../src/base/environment'
import type { ExchangeServer, ServerOptions } from '../../../src/testing'
import { aCandle, anOrderbook, aTicker, aTrade, startExchange, virtualStartMs } from '../../../src/testing'
import { askReal, RestBench } from '../support/rest'

/** A server on whose clock no time passes, so that it is in the state of an exchange in memory. */
const environment = { ...realEnvironment, now: () => virtualStartMs }

let exchange: ExchangeServer

async function start(options: ServerOptions = {}): Promise<void> {
  exchange = await startExchange({ limits: false, environment, ...options })
}

afterEach(() => exchange.close())

const paths = [
  '/v1/market/all',
  '/v1/market/all?is_details=true',
  '/v1/market/all?is_details=maybe',
  '/v1/ticker?markets=KRW-BTC,BTC-ETH',
  '/v1/ticker?markets=KRW-BTC,KRW-NONE',
  '/v1/ticker',
  '/v1/ticker/all?quote_currencies=KRW,USDT',
  '/v1/orderbook?markets=KRW-BTC,KRW-ETH',
  '/v1/orderbook?markets=krw-btc&count=5&level=10000',
  '/v1/orderbook?markets=KRW-BTC&level=7',
  '/v1/orderbook?markets=KRW-BTC&count=abc',
  '/v1/orderbook/instruments?markets=KRW-BTC,BTC-ETH,USDT-BTC',
  '/v1/trades/ticks?market=KRW-BTC',
  '/v1/trades/ticks?market=KRW-BTC&count=500&to=23:59:59',
  '/v1/trades/ticks?market=KRW-BTC&days_ago=8',
  '/v1/candles/seconds?market=KRW-BTC&count=200',
  '/v1/candles/minutes/1?market=KRW-BTC&count=200',
  '/v1/candles/minutes/240?market=KRW-BTC',
  '/v1/candles/minutes/7?market=KRW-BTC',
  '/v1/candles/days?market=BTC-ETH&converting_price_unit=KRW',
  '/v1/candles/weeks?market=KRW-BTC',
  '/v1/candles/months?market=KRW-BTC',
  '/v1/candles/years?market=KRW-BTC',
  '/v1/candles/fortnights?market=KRW-BTC',
  '/v1/accounts',
  '/v1/no/such/path',
  '/',
]

describe('REST over a real socket', () => {
  it.each(paths)('answers %s as the exchange in memory does', async (path) => {
    await start({ market: true, markets: 9 })
    const bench = new RestBench({ market: true, markets: 9 })
    const real = await askReal(exchange.restUrl, path)
    const virtual = bench.ask(path)
    expect(real.body).toBe(virtual.body)
    expect(real.status).toBe(virtual.status)
    expect(real.headers).toMatchObject(virtual.headers)
  })

  it('answers with what a test has emitted, connected or not', async () => {
    await start({ market: false })
    exchange.emit([aTrade(), aTicker(), anOrderbook(), aCandle('1m')])
    const bench = new RestBench()
    bench.exchange.emit([aTrade(), aTicker(), anOrderbook(), aCandle('1m')])
    for (const path of [
      'ticker?markets=',
      'orderbook?markets=',
      'trades/ticks?market=',
      'candles/minutes/1?market=',
    ]) {
      const { status, body } = await askReal(exchange.restUrl, `/v1/${path}KRW-BTC`)
      expect([status, body]).toEqual([200, bench.ask(`/v1/${path}KRW-BTC`).body])
      expect(JSON.parse(body)).toHaveLength(1)
    }
  })

  it('is on the port of the sockets', async () => {
    await start()
    expect(exchange.restUrl).toBe(exchange.url.replace('ws:', 'http:'))
  })

  it('compresses quotation answers for who asks for it, and nobody else', async () => {
    await start({ market: true, markets: 9 })
    const plain = await askReal(exchange.restUrl, '/v1/market/all')
    expect(plain.headers['content-encoding']).toBeUndefined()
    const gzip = { 'accept-encoding': 'gzip, deflate' }
    const packed = await askReal(exchange.restUrl, '/v1/market/all', gzip)
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.bytes).toString()).toBe(plain.body)
    const account = await askReal(exchange.restUrl, '/v1/accounts', gzip)
    expect(account.headers['content-encoding']).toBeUndefined()
    const refused = await askReal(exchange.restUrl, '/v1/market/all', { 'accept-encoding': 'gzip;q=0' })
    expect(refused.headers['content-encoding']).toBeUndefined()
  })

  it('ends a connection without an answer, and in the middle of one', async () => {
    await start()
    exchange.refuseRest('reset', { times: 1 })
    await expect(askReal(exchange.restUrl, '/v1/market/all')).rejects.toThrow('ECONNRESET')
    exchange.refuseRest('truncated', { times: 1 })
    await expect(askReal(exchange.restUrl, '/v1/market/all')).rejects.toThrow('aborted')
    expect((await askReal(exchange.restUrl, '/v1/market/all')).status).toBe(200)
  })

  it('answers late, and drops the answer of a client that has gone', async () => {
    await start()
    exchange.delayRest(30)
    const before = performance.now()
    expect((await askReal(exchange.restUrl, '/v1/market/all')).status).toBe(200)
    // A timer of Node may be a millisecond early.
    expect(performance.now() - before).toBeGreaterThan(28)
    exchange.refuseRest('hang', { times: 1 })
    const hung = askReal(exchange.restUrl, '/v1/market/all')
    hung.catch(() => {})
    await exchange.until(() => exchange.restCalls.length === 2)
    await exchange.close()
    await expect(hung).rejects.toThrow()
  })

  it('cuts off who sends more than a call can hold', async () => {
    await start()
    const response = fetch(`${exchange.restUrl}/v1/orders`, { method: 'POST', body: 'x'.repeat(1_000_000) })
    await response.then(
      ({ status }) => expect(status).toBe(404),
      (error: unknown) => expect(String(error)).toMatch(/fetch failed|reset/),
    )
    expect((await askReal(exchange.restUrl, '/v1/market/all')).status).toBe(200)
  })
})
