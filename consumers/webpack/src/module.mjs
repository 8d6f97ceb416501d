/** The same as ES modules, with the functions that need no client. */
import { take } from 'rxjs'
import { configureUpbit, ticker$, trade$ } from 'upbit-rx'

const url = new URLSearchParams(globalThis.location.search).get('exchange')
configureUpbit({ ...(url === null ? {} : { url }), lingerMs: 0 })

ticker$('KRW-BTC')
  .pipe(take(3))
  .subscribe(({ code, trade_price }) => console.log('ticker', JSON.stringify({ code, trade_price })))
trade$('KRW-BTC')
  .pipe(take(3))
  .subscribe(({ code, sequential_id }) => console.log('trade', JSON.stringify({ code, sequential_id })))
