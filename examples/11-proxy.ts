/**
 * A handle for each component: what a component began ends with it, and nothing else does. Both share one connection, and
 * one entry on the wire where they want the same.
 */
import { firstValueFrom } from 'rxjs'
import { GlobalWebSocketManager, ticker$, WebSocketClientProxy } from 'upbit-rx'

class Chart {
  private readonly upbit: WebSocketClientProxy
  prices = 0

  constructor(instance: number) {
    this.upbit = new WebSocketClientProxy(`chart_${instance}`)
    this.upbit.subscribeTicker('KRW-BTC', () => this.prices++)
    this.upbit.subscribeTrade('KRW-ETH', () => {})
  }

  close(): Promise<void> {
    return this.upbit.cleanup()
  }
}

const [first, second] = [new Chart(1), new Chart(2)]
await firstValueFrom(ticker$('KRW-BTC'))
const names = (): string =>
  GlobalWebSocketManager.shared()
    .consumers()
    .map(({ name }) => name)
    .join(', ')
console.log(`both: ${names()}`)

await first.close()
console.log(`one left: ${names()}`)

// `using` closes it at the end of the block.
{
  await using balance = new WebSocketClientProxy('balance_1')
  const book = await balance.getOrderbookSnapshot('KRW-BTC', { units: 1 })
  console.log(`best bid ${book.orderbook_units[0]?.bid_price}`)
}
console.log(`prices shown: ${first.prices > 0 && second.prices > 0}`)
await second.close()
