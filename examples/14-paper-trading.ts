/**
 * A small strategy with play money: it buys below the average of the last prices and sells above it, by `upbit.trading` on
 * an exchange of its own, and hears of its fills on the account's stream. It is there to show how orders and streams work
 * together, and earns nothing.
 */
import { randomUUID } from 'node:crypto'
import type { Balance, OrderRequest } from 'upbit-rx'
import { createUpbit, isOrderFilled } from 'upbit-rx'
import { startExchange } from 'upbit-rx/testing'
import { bufferCount, exhaustMap, filter, firstValueFrom, lastValueFrom, map, scan, take } from 'rxjs'

const market = 'KRW-BTC'
const roundTrips = 2

const keys = { accessKey: 'access-key', secretKey: 'secret-key' }
// Trades come often enough for a short show.
const exchange = await startExchange({ seed: 14, markets: 3, rate: 20, accounts: [keys] })
exchange.account().deposit('KRW', '1000000')
const upbit = createUpbit({ url: exchange.url, credentials: keys, trading: true })
upbit.errors$.subscribe(({ code, message }) => console.log(`${code}: ${message}`))

/** Places an order, and waits for the event that says that it is filled. */
async function trade(order: OrderRequest): Promise<string> {
  const identifier = randomUUID()
  // Subscribed first: the fill may be there before the answer.
  const filled = firstValueFrom(
    upbit.myOrder$(market).pipe(filter((event) => event.identifier === identifier && isOrderFilled(event))),
  )
  await upbit.trading.placeOrder({ ...order, identifier })
  const { state, ask_bid, executed_volume, avg_price, source } = await filled
  console.log(`${ask_bid} ${executed_volume} at ${avg_price ?? '?'}, filled with ${state} (${source})`)
  return executed_volume
}

/** Whether the newest of the last prices is below their average. */
const isCheap$ = upbit.trade$(market).pipe(
  map(({ trade_price }) => trade_price),
  bufferCount(10, 1),
  map((prices) => (prices.at(-1) ?? 0) < prices.reduce((sum, price) => sum + price, 0) / prices.length),
)

/** What is held by the strategy. */
let held: string | undefined
const trades$ = isCheap$.pipe(
  filter((isCheap) => isCheap === (held === undefined)),
  // What is told while an order is under way is old when it is filled.
  exhaustMap(async () => {
    if (held === undefined) held = await trade({ market, side: 'bid', ord_type: 'price', price: '100000' })
    else {
      await trade({ market, side: 'ask', ord_type: 'market', volume: held })
      held = undefined
    }
  }),
  scan((count) => count + 1, 0),
  take(2 * roundTrips),
)
console.log(`${await lastValueFrom(trades$)} orders filled`)

// The view of the account and the exchange's own books come to the same.
const { balances } = exchange.account()
const isSame = ({ currency, balance, locked }: Balance): boolean =>
  balances.some((own) => own.currency === currency && own.balance === balance && own.locked === locked)
const view$ = upbit
  .balances$()
  .pipe(filter((view) => view.length === balances.length && view.every((each) => isSame(each))))
for (const { currency, balance } of await firstValueFrom(view$))
  console.log(`in the end: ${currency} ${balance}`)

await upbit.shutdown()
await exchange.close()
