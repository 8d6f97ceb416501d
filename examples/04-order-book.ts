/** Order books: always the whole window; `units` cuts it for this consumer alone. A short side is padded with zeros. */
import { firstValueFrom } from 'rxjs'
import { orderbook$ } from 'upbit-rx'

const { code, orderbook_units, total_ask_size, total_bid_size } = await firstValueFrom(
  orderbook$('KRW-BTC', { units: 5 }),
)

console.log(
  `${code}: asks ${total_ask_size.toFixed(4)}, bids ${total_bid_size.toFixed(4)} in the full window`,
)
for (const { bid_size, bid_price, ask_price, ask_size } of orderbook_units.filter(
  (unit) => unit.ask_price > 0,
)) {
  console.log(`${bid_size.toFixed(8).padStart(14)} ${bid_price} | ${ask_price} ${ask_size.toFixed(8)}`)
}
