/**
 * ccxt pro, awaited in a loop as its manual shows. In a blast its promises skip messages that came in one turn, though
 * each is read and kept: so messages are counted where it has handled them.
 */
import ccxt from 'ccxt'
import { countMessages, fail, job } from '../job.mjs'
import { look } from './look.mjs'

let delivered = 0
const count = countMessages(job, () => ({ delivered: delivered / (job.warm + job.measured) }))

class Counted extends ccxt.pro.upbit {
  handleMessage(client, message) {
    super.handleMessage(client, message)
    count()
  }
}

const http = job.url.replace('ws:', 'http:')
const exchange = new Counted({
  newUpdates: true,
  urls: { api: { public: http, private: http, ws: `${job.url}/websocket/v1` } },
})
// It refuses plain ws:// until this has looked for a proxy.
await exchange.loadHttpProxyAgent()
await exchange.loadMarkets()

const next = {
  ticker: () => exchange.watchTicker('BTC/KRW'),
  trade: () => exchange.watchTrades('BTC/KRW'),
  orderbook: () => exchange.watchOrderBook('BTC/KRW'),
}[job.type]

try {
  for (;;) {
    const update = await next()
    // Trades come as a list of what is new.
    delivered += Array.isArray(update) ? update.length : 1
    look(update)
  }
} catch (error) {
  fail(error)
}
