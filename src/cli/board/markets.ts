/**
 * What a board knows of each market: the newest state that its events have told. It only takes events in; how it looks
 * is `render-board.ts`.
 */
import type { PublicEvent, TickerEvent, TradeEvent } from '../../protocol/events'

export interface LastTrade {
  /** The taker's side: `ASK` sold, `BID` bought. */
  readonly side: 'ASK' | 'BID'
  readonly price: number
  readonly size: number
  /** Stamp of the exchange: tells which of two is later. */
  readonly timestamp: number
  /** From when its age is counted, ms of the local clock. */
  readonly sinceMs: number
}

export interface MarketView {
  readonly code: string
  readonly price?: number
  /** Against the close of the previous UTC day. */
  readonly change?: number
  /** 0.0126 is 1.26 %. */
  readonly changeRate?: number
  readonly bestBid?: number
  readonly bestAsk?: number
  readonly trade?: LastTrade
  /** When the price last moved, and where to. */
  readonly move?: { readonly up: boolean; readonly atMs: number }
  /** Prices, a sample a second, oldest first. */
  readonly history: readonly number[]
}

/** Samples a market keeps: two minutes. */
const samples = 120

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
interface Market extends Mutable<Omit<MarketView, 'history'>> {
  readonly history: number[]
}

export class Markets {
  private readonly markets: ReadonlyMap<string, Market>

  constructor(
    codes: readonly string[],
    /** In a recording every stamp is old: an age is then counted from the arrival. */
    private readonly isRecorded: boolean,
  ) {
    this.markets = new Map(codes.map((code) => [code, { code, history: [] }]))
  }

  get views(): readonly MarketView[] {
    return [...this.markets.values()]
  }

  take(event: PublicEvent): void {
    const market = this.markets.get(event.code)
    if (market === undefined) return
    switch (event.type) {
      case 'ticker':
        if (!this.trade(market, event)) return
        market.change = event.signed_change_price
        market.changeRate = event.signed_change_rate
        this.price(market, event.trade_price, event.received_at)
        return
      case 'trade':
        if (this.trade(market, event)) this.traded(market, event)
        return
      case 'orderbook': {
        const [best] = event.orderbook_units
        // A side without orders has price 0.
        market.bestAsk = best === undefined || best.ask_price === 0 ? undefined : best.ask_price
        market.bestBid = best === undefined || best.bid_price === 0 ? undefined : best.bid_price
        return
      }
      default:
        // Tickers and trades know better; a candle is late by up to a second.
        if (market.trade === undefined) this.price(market, event.trade_price, event.received_at)
    }
  }

  /** Called once a second: the price of each market goes into its history. */
  sample(): void {
    for (const { price, history } of this.markets.values()) {
      if (price === undefined) continue
      history.push(price)
      if (history.length > samples) history.shift()
    }
  }

  /** Whether it is the latest known: ticker and trade tell the same one, and trades may arrive out of order. */
  private trade(market: Market, event: TickerEvent | TradeEvent): boolean {
    const { trade_timestamp: timestamp, received_at: receivedAt } = event
    if (market.trade !== undefined && timestamp < market.trade.timestamp) return false
    const isSame = event.type === 'ticker' && timestamp === market.trade?.timestamp
    if (isSame) return true
    market.trade = {
      side: event.ask_bid === 'ASK' ? 'ASK' : 'BID',
      price: event.trade_price,
      size: event.trade_volume,
      timestamp,
      sinceMs: this.isRecorded ? receivedAt : Math.min(timestamp, receivedAt),
    }
    return true
  }

  private traded(
    market: Market,
    { trade_price: price, prev_closing_price: before, received_at: atMs }: TradeEvent,
  ): void {
    market.change = price - before
    market.changeRate = before === 0 ? 0 : (price - before) / before
    this.price(market, price, atMs)
  }

  private price(market: Market, price: number, atMs: number): void {
    if (market.price !== undefined && price !== market.price) market.move = { up: price > market.price, atMs }
    market.price = price
  }
}
