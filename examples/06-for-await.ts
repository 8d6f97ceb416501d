/** A loop instead of a callback: what comes while the body works waits in a bounded buffer. Leaving unsubscribes. */
import { toAsyncIterable, trade$ } from 'upbit-rx'

let volume = 0
for await (const trade of trade$('KRW-BTC').pipe(
  toAsyncIterable({ capacity: 1000, overflow: 'drop-oldest' }),
)) {
  volume += trade.trade_volume
  console.log(`${trade.sequential_id} ${trade.ask_bid} ${trade.trade_volume}`)
  if (volume > 0.01) break
}
