/** ccxt pro in the loop of its manual: an exception is caught, and the loop goes on. */
import ccxt from 'ccxt'
import { job } from '../job.mjs'

const http = job.url.replace('ws:', 'http:')
const exchange = new ccxt.pro.upbit({
  urls: { api: { public: http, private: http, ws: `${job.url}/websocket/v1` } },
})
// It refuses plain ws:// until this has looked for a proxy.
await exchange.loadHttpProxyAgent()

for (;;) {
  try {
    await exchange.watchTicker('BTC/KRW')
  } catch (error) {
    process.send({ note: `throws: ${error.constructor.name}` })
  }
}
