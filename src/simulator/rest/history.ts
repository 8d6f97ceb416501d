/**
 * What has happened on the exchange, whether or not anybody was there to see it: the trades of every market with the
 * candles that they make, and the last ticker and books that a test has sent. REST answers from it.
 */
import type { CandleFrame } from '../../protocol/candle'
import type { OrderbookFrame } from '../../protocol/orderbook'
import type { TickerFrame } from '../../protocol/ticker'
import type { TradeFrame } from '../../protocol/trade'
import { candleTypes } from '../../protocol/wire'
import type { MarketEvent } from '../encode'
import type { DaySoFar } from '../market/day-stats'
import { CandleHistory } from './candle-history'
import { keptMs, TradeHistory } from './trade-history'

/** What one market has behind it. */
export interface MarketPast {
  readonly trades: TradeHistory
  readonly candles: CandleHistory
  /** The newest by its time, whenever it was told. */
  trade?: TradeFrame
  ticker?: TickerFrame
  /** By level. */
  readonly orderbooks: Map<number, OrderbookFrame>
  /** The last told, by type. */
  readonly told: Map<string, CandleFrame>
}

export class History {
  private readonly markets = new Map<string, MarketPast>()

  constructor(
    private readonly now: () => number,
    /** Told of every trade once, as it becomes known. */
    private readonly executed: (trade: TradeFrame) => void = () => {},
  ) {}

  /**
   * Enters what an event says has happened; a trade that is known already changes nothing. A test may send what is no
   * event of its type: nothing is entered then.
   */
  note(event: MarketEvent): void {
    if (isTrade(event)) {
      this.execute(event)
    } else if (event.type === 'ticker') {
      if (Number.isFinite(event.trade_timestamp)) this.open(event.code).ticker = event
    } else if (event.type === 'orderbook') {
      if (isList(event.orderbook_units)) this.open(event.code).orderbooks.set(event.level ?? 0, event)
    } else if (candleTypes.includes(event.type)) {
      const { candles, told } = this.open(event.code)
      candles.tell(event)
      told.set(event.type, event)
    }
  }

  /** What a market's day was before the first trade that is known. */
  begin(code: string, day: DaySoFar): void {
    this.open(code).candles.begin(day)
  }

  /** A trade has been executed, published or not. One that is no whole trade is none: a test may send such a frame. */
  execute(trade: TradeFrame): void {
    const { trade_timestamp, sequential_id, trade_price, trade_volume, prev_closing_price } = trade
    const numbers = [trade_timestamp, trade_price, trade_volume, prev_closing_price]
    if (!numbers.every(Number.isFinite) || !/^\d{1,19}$/.test(sequential_id)) return
    const past = this.open(trade.code)
    const { trades } = past
    const isNew = trades.add({
      tradeMs: trade_timestamp,
      id: BigInt(sequential_id),
      price: trade_price,
      size: trade_volume,
      prevClose: prev_closing_price,
      askBid: trade.ask_bid === 'ASK' ? 'ASK' : 'BID',
    })
    if (isNew && trades.at(trades.length - 1).id === BigInt(sequential_id)) past.trade = trade
    trades.forgetBefore(this.now() - keptMs)
    if (isNew) this.executed(trade)
  }

  /** The last event of a type, as far as one is known. */
  last(type: string, code: string, level: number): MarketEvent | undefined {
    const past = this.markets.get(code)
    if (type === 'trade') return past?.trade
    if (type === 'ticker') return past?.ticker
    return type === 'orderbook' ? past?.orderbooks.get(level) : past?.told.get(type)
  }

  of(code: string): MarketPast | undefined {
    return this.markets.get(code)
  }

  private open(code: string): MarketPast {
    let past = this.markets.get(code)
    if (past === undefined) {
      const trades = new TradeHistory()
      past = {
        trades,
        candles: new CandleHistory(trades),
        orderbooks: new Map<number, OrderbookFrame>(),
        told: new Map<string, CandleFrame>(),
      }
      this.markets.set(code, past)
    }
    return past
  }
}

/** `Array.isArray`, which would make a read-only array one of `any`. */
function isList(value: unknown): boolean {
  return Array.isArray(value)
}

function isTrade(event: MarketEvent): event is TradeFrame {
  return event.type === 'trade'
}
