/** A chart, a book and a bot that know nothing of each other: one connection, and nobody's subscription cuts another's. */
import { lastValueFrom, merge, take, tap } from 'rxjs'
import { GlobalWebSocketManager, orderbook$, ticker$, trade$ } from 'upbit-rx'

const chart$ = ticker$(['KRW-BTC', 'KRW-ETH']).pipe(
  take(3),
  tap(({ code, trade_price }) => console.log(`chart: ${code} ${trade_price}`)),
)
const book$ = orderbook$('KRW-BTC', { units: 1 }).pipe(
  take(3),
  tap(({ orderbook_units: [best] }) => console.log(`book: ${best?.bid_price} | ${best?.ask_price}`)),
)
const bot$ = trade$('KRW-BTC').pipe(
  take(3),
  tap(({ ask_bid, trade_volume }) => console.log(`bot: ${ask_bid} ${trade_volume}`)),
)

await lastValueFrom(merge(chart$, book$, bot$))
const { dials, messages } = GlobalWebSocketManager.shared().accounting()
console.log(`dials: ${dials}, subscribe messages: ${messages}`)
