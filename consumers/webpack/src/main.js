/** A page of CommonJS, as older applications are. `?exchange=` says where from; a real page would leave that out. */
const { take } = require('rxjs')
const { createUpbit } = require('upbit-rx')

const url = new URLSearchParams(globalThis.location.search).get('exchange')
const upbit = createUpbit({ ...(url === null ? {} : { url }), lingerMs: 0 })

upbit
  .ticker$('KRW-BTC')
  .pipe(take(3))
  .subscribe(({ code, trade_price }) => console.log('ticker', JSON.stringify({ code, trade_price })))
upbit
  .trade$('KRW-BTC')
  .pipe(take(3))
  .subscribe(({ code, sequential_id }) => console.log('trade', JSON.stringify({ code, sequential_id })))
