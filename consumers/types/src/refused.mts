/** What must not compile. A line that began to would fail this build, since nothing would be expected in vain. */
import type { TickerEvent, TradeEvent } from 'upbit-rx'
import { candle$, createUpbit, orderbook$, subscribeTicker, ticker$ } from 'upbit-rx'

export function refused(ticker: TickerEvent, trade: TradeEvent): void {
  // @ts-expect-error a code is no number
  ticker$(1)
  // @ts-expect-error Upbit has no candle of seven minutes
  candle$('KRW-BTC', '7m')
  // @ts-expect-error an option that does not exist
  orderbook$('KRW-BTC', { depth: 5 })
  // @ts-expect-error a region that does not exist
  createUpbit({ region: 'us' })
  // @ts-expect-error left out or a string, not undefined: exactOptionalPropertyTypes
  createUpbit({ url: undefined })
  // @ts-expect-error an event is not to be changed
  ticker.trade_price = 1
  // @ts-expect-error an id is a string, since it may be above 2^53
  Math.max(trade.sequential_id)
  // @ts-expect-error a field that only trades have
  subscribeTicker('KRW-BTC', ({ sequential_id }) => sequential_id)
}
