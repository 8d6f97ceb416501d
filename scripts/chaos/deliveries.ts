/** Everything that was delivered, in order, as one digest: what a virtual run gives again to the bit. */
import type { Hash } from 'node:crypto'
import { createHash } from 'node:crypto'
import type {
  CandleEvent,
  GapEvent,
  OrderbookEvent,
  RestTradeEvent,
  TickerEvent,
  TradeEvent,
} from '../../src/index'
import type { AccountDelivery, AssetEvent, OrderEvent } from './account/account-book'

type Delivered =
  TradeEvent | RestTradeEvent | TickerEvent | OrderbookEvent | CandleEvent | GapEvent | AccountDelivery

const chunkLength = 65_536

export class Deliveries {
  count = 0
  readonly #hash: Hash = createHash('sha256')
  #text = ''

  constructor(private readonly now: () => number) {}

  add(consumer: string, event: Delivered): void {
    this.count++
    this.#text += `${Math.round(this.now())} ${consumer} ${lineOf(event)}\n`
    if (this.#text.length < chunkLength) return
    this.#hash.update(this.#text)
    this.#text = ''
  }

  /** Once, at the end. */
  digest(): string {
    return this.#hash.update(this.#text).digest('hex').slice(0, 16)
  }
}

/** What tells one event from every other; the whole of it as text would be most of the run's time. */
function lineOf(event: Delivered): string {
  if (event.type === 'gap') return JSON.stringify(event)
  if (event.type === 'myOrder' || event.type === 'myAsset') return accountLineOf(event)
  const { type, code, epoch, received_at, source } = event
  const stamp = event.type === 'trade' ? event.trade_timestamp : event.timestamp
  const own =
    event.type === 'trade'
      ? event.sequential_id
      : event.type === 'ticker'
        ? event.acc_trade_volume_24h
        : event.type === 'orderbook'
          ? event.total_bid_size
          : event.candle_acc_trade_volume
  return `${type} ${code} ${epoch} ${received_at} ${source} ${stamp} ${own}`
}

function accountLineOf(event: OrderEvent | AssetEvent): string {
  const { type, epoch, received_at, source } = event
  const own =
    type === 'myAsset'
      ? JSON.stringify(event.assets)
      : `${event.uuid} ${event.state} ${event.trade_uuid} ${event.executed_volume}`
  return `${type} ${epoch} ${received_at} ${source} ${own}`
}
