/**
 * What a user's library exports without writing types: the compiler has to name each of them in the declarations, and
 * can only name what the package exports. `check.mjs` reads what it wrote.
 */
import { map } from 'rxjs'
import {
  candle$,
  configureUpbit,
  consume,
  createUpbit,
  isMarketCode,
  isUpbitError,
  orderbook$,
  subscribeCandle,
  subscribeOrderbook,
  subscribeTicker,
  subscribeTrade,
  ticker$,
  toAsyncIterable,
  trade$,
  WebSocketClientProxy,
} from 'upbit-rx'
import { backoffDelayMs, boundedBuffer, retryWithBackoff } from 'upbit-rx/operators'
import {
  aCandle,
  anOrderbook,
  aTicker,
  aTrade,
  createVirtualExchange,
  startExchange,
  startReplay,
} from 'upbit-rx/testing'

export const channels = { candle$, orderbook$, ticker$, trade$, configureUpbit, isMarketCode, isUpbitError }
export const tickers = () => ticker$('KRW-BTC')
export const tradesWithGaps = () => trade$(['KRW-BTC', 'KRW-ETH'], { gaps: true })
export const books = () => orderbook$('KRW-BTC', { units: 5 })
export const candles = () => candle$('KRW-BTC', '1m')
export const prices = () => ticker$('KRW-BTC').pipe(map(({ trade_price }) => trade_price))
export const buffered = () =>
  trade$('KRW-BTC').pipe(
    retryWithBackoff({ delayMs: () => 1_000, stableAfterMs: 5_000 }),
    boundedBuffer({ capacity: 4, overflow: 'drop-oldest' }),
  )
export const loop = () => trade$('KRW-BTC').pipe(toAsyncIterable({ capacity: 4, overflow: 'drop-oldest' }))
export const delayMs = backoffDelayMs

export const handles = () => [
  subscribeTicker('KRW-BTC', () => undefined),
  subscribeTrade('KRW-BTC', () => undefined),
  subscribeOrderbook('KRW-BTC', () => undefined),
  subscribeCandle('KRW-BTC', '1m', () => undefined),
  consume(ticker$('KRW-BTC'), () => undefined),
]
export const client = (url: string) => createUpbit({ url })
export const ofClient = (url: string) => {
  const upbit = createUpbit({ url })
  const { status$, errors$ } = upbit
  return { status$, errors$, ticker: upbit.ticker$('KRW-BTC'), accounting: upbit.accounting() }
}
export const chart = () => new WebSocketClientProxy('chart_1')
export const ofChart = () => {
  const proxy = chart()
  return {
    book: proxy.orderbook$('KRW-BTC'),
    handle: proxy.subscribeTicker('KRW-BTC', () => undefined),
    one: proxy.getTickerSnapshot('KRW-BTC'),
    several: proxy.getOrderbookSnapshot(['KRW-BTC'], { units: 5 }),
    candle: proxy.getCandleSnapshot('KRW-BTC', '1m'),
    consumers: proxy.consumers(),
    accounting: proxy.accounting(),
  }
}
export class Chart extends WebSocketClientProxy {
  last$ = this.ticker$('KRW-BTC')
}

export const tick = () => aTicker()
export const trade = () => aTrade()
export const book = () => anOrderbook()
export const candle = () => aCandle('1m')
export const exchange = () => startExchange({ markets: 2 })
export const replay = (file: string) => startReplay({ file })
export const virtual = () => createVirtualExchange()
export const dials = async () => (await exchange()).dials
