/**
 * A page that shows two markets. `?exchange=` says where from; a real page would leave that out. `console.log` is its
 * word to whoever looks on.
 */
import { bufferTime, filter } from 'rxjs'
import { createUpbit } from 'upbit-rx'

const url = new URLSearchParams(globalThis.location.search).get('exchange')
const upbit = createUpbit({ ...(url === null ? {} : { url }), lingerMs: 0 })
upbit.errors$.subscribe(({ code, message }) => console.error(code, message))

let drawn = 0
const drawing = upbit
  .ticker$(['KRW-BTC', 'KRW-ETH'])
  .pipe(
    bufferTime(50),
    filter((tickers) => tickers.length > 0),
  )
  .subscribe((tickers) => {
    for (const { code, trade_price, epoch } of tickers) show('ticker', { code, trade_price, epoch })
    if (++drawn === 3) drawing.unsubscribe()
  })

let trades = 0
const subscription = upbit.subscribeTrade('KRW-BTC', async ({ code, sequential_id }) => {
  await Promise.resolve()
  show('trade', { code, sequential_id })
  if (++trades === 3) subscription.unsubscribe()
})

function show(what: string, event: object): void {
  console.log(what, JSON.stringify(event))
}
