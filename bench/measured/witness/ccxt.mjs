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

/** Of an order it may be left as text, and ccxt keeps the first one that it heard of it: the newest is in what came. */
const feeOf = (fee) => fee && { currency: fee.currency, cost: Number(fee.cost) }

/** What ccxt hands on as it came and does not read itself: its own times of orders and fills are none, nor does it know the maker. */
function unread({ trade_fee, is_maker, trade_timestamp, order_timestamp, timestamp }) {
  return {
    tradeFee: Number(trade_fee),
    isMaker: is_maker,
    tradeMs: trade_timestamp,
    orderMs: order_timestamp,
    atMs: timestamp,
  }
}

async function follow(watch, keep = () => undefined) {
  for (;;) keep(await watch())
}
follow(() => exchange.watchOrders()).catch(fail)
follow(() => exchange.watchBalance()).catch(fail)
follow(
  () => exchange.watchMyTrades(),
  (fills) => {
    for (const { id, order, price, amount, fee, cost, info } of fills)
      trades.set(id, { ...{ id, order, price, amount, fee: feeOf(fee), cost }, ...unread(info) })
  },
).catch(fail)

// From where ccxt keeps them: a frame that comes between two looks is in none of its answers.
setInterval(() => {
  const orders = (exchange.orders ?? []).map(({ id, symbol, side, status, filled, remaining, ...order }) => {
    const { cost, average, fee, info } = order
    return {
      ...{
        id,
        symbol,
        side,
        status,
        filled,
        remaining,
        cost,
        average,
        fee: feeOf({ ...fee, cost: info.paid_fee }),
      },
      ...unread(info),
    }
  })
  const { free, used } = exchange.balance
  process.send({ told: { orders, trades: [...trades.values()], balances: { free, used } } })
}, 50)
