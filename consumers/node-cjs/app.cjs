/** Hands each trade to a handler that takes its time, until it has seen five. UPBIT_URL says where they come from. */
const { subscribeTrade } = require('upbit-rx')

let seen = 0
const subscription = subscribeTrade(['KRW-BTC', 'KRW-ETH'], async (trade) => {
  await new Promise((resolve) => setImmediate(resolve))
  console.log(JSON.stringify({ code: trade.code, id: trade.sequential_id }))
  if (++seen === 5) {
    subscription.unsubscribe()
    // The account is complete when the handler in flight has returned.
    setImmediate(() => console.log(JSON.stringify(subscription.tally)))
  }
})
