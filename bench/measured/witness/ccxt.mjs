/** ccxt pro with an account's streams, each in the loop of its manual; what it knows by them is sent again and again. */
import ccxt from 'ccxt'
import { fail, job } from '../job.mjs'

const http = job.url.replace('ws:', 'http:')
const exchange = new ccxt.pro.upbit({
  apiKey: job.accessKey,
  secret: job.secretKey,
  urls: { api: { public: http, private: http, ws: `${job.url}/websocket/v1` } },
})
// It refuses plain ws:// until this has looked for a proxy.
await exchange.loadHttpProxyAgent()
await exchange.loadMarkets()

/** By id: of fills ccxt gives the newest ones alone, and forgets them. */
const trades = new Map()

async function follow(watch, keep = () => undefined) {
  for (;;) keep(await watch())
}
follow(() => exchange.watchOrders()).catch(fail)
follow(() => exchange.watchBalance()).catch(fail)
follow(
  () => exchange.watchMyTrades(),
  (fills) => {
    for (const { id, order, price, amount } of fills) trades.set(id, { id, order, price, amount })
  },
).catch(fail)

// From where ccxt keeps them: a frame that comes between two looks is in none of its answers.
setInterval(() => {
  const orders = (exchange.orders ?? []).map(({ id, symbol, side, status, filled, remaining }) => ({
    ...{ id, symbol, side, status, filled, remaining },
  }))
  const { free, used } = exchange.balance
  process.send({ told: { orders, trades: [...trades.values()], balances: { free, used } } })
}, 50)
