/** The same of a CommonJS file: its declarations name the declarations for `require`. */
import rxjs = require('rxjs')
import upbitRx = require('upbit-rx')
import testing = require('upbit-rx/testing')

const declared = {
  prices: () => upbitRx.ticker$('KRW-BTC').pipe(rxjs.map(({ trade_price }) => trade_price)),
  tradesWithGaps: () => upbitRx.trade$('KRW-BTC', { gaps: true }),
  handle: () => upbitRx.subscribeTicker('KRW-BTC', () => undefined),
  client: (url: string) => upbitRx.createUpbit({ url }),
  chart: () => new upbitRx.WebSocketClientProxy('chart_1'),
  snapshot: () => new upbitRx.WebSocketClientProxy('chart_2').getTickerSnapshot('KRW-BTC'),

  tick: () => testing.aTicker(),
  trade: () => testing.aTrade(),
  book: () => testing.anOrderbook(),
  candle: () => testing.aCandle('1m'),
  exchange: () => testing.startExchange(),
  virtual: () => testing.createVirtualExchange(),
}

export = declared
