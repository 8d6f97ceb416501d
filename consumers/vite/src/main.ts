/**
 * A table of prices that is drawn at most ten times a second. `?exchange=` says where from; a real page would leave that
 * out. `console.log` is its word to whoever looks on.
 */
import { configureUpbit, subscribeTicker, trade$ } from 'upbit-rx'
import { boundedBuffer } from 'upbit-rx/operators'
import { take, timer } from 'rxjs'
import { priceRow } from './price-row'
import './style.css'

const url = new URLSearchParams(globalThis.location.search).get('exchange')
configureUpbit({ ...(url === null ? {} : { url }), lingerMs: 0 })

let drawn = 0
// States that come while a row is drawn are coalesced: the next drawing has the newest.
const drawing = subscribeTicker(
  ['KRW-BTC', 'KRW-ETH'],
  ({ code, trade_price }) => {
    priceRow(code)?.replaceChildren(code, ' ', trade_price.toLocaleString())
    console.log('ticker', JSON.stringify({ code, trade_price }))
    if (++drawn === 6) drawing.unsubscribe()
  },
  { deliver: timer(0, 100) },
)

trade$('KRW-BTC')
  .pipe(boundedBuffer({ capacity: 100, overflow: 'drop-oldest' }), take(3))
  .subscribe(({ code, sequential_id }) => console.log('trade', JSON.stringify({ code, sequential_id })))
