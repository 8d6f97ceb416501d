/** The markets as orders see them: a book of exact levels, the last price, whether a market is listed. */
import type { OrderbookFrame } from '../../protocol/orderbook'
import type { TickerFrame } from '../../protocol/ticker'
import { exact } from './exact'
import type { BookLevel } from './makers'
import type { OrderSide } from './order'
import type { TradingHost } from './trading'

/** What it takes from the list of markets. */
export interface Markets {
  isListed(code: string): boolean
  ticker(code: string): TickerFrame | undefined
  orderbook(code: string, level: number): OrderbookFrame | undefined
  lastTradePrice(code: string): number | undefined
}

/** `markets` is asked for when it is needed, since the markets are made later. */
export function marketSide(markets: () => Markets): Pick<TradingHost, 'isListed' | 'look' | 'levels'> {
  return {
    isListed: (market) => markets().isListed(market),
    look: (market) => {
      const price = markets().ticker(market)?.trade_price ?? markets().lastTradePrice(market)
      return price === undefined || !(price > 0) ? undefined : exact(price)
    },
    levels: (market, side) => {
      const book = markets().orderbook(market, 0)
      return book === undefined ? undefined : levelsOf(book, side)
    },
  }
}

/** Without the half levels that pad the shorter side. */
function levelsOf({ orderbook_units: units }: OrderbookFrame, side: OrderSide): readonly BookLevel[] {
  return units
    .map((unit) =>
      side === 'ask'
        ? { price: unit.ask_price, size: unit.ask_size }
        : { price: unit.bid_price, size: unit.bid_size },
    )
    .filter(({ price, size }) => price > 0 && size > 0)
    .map(({ price, size }) => ({ price: exact(price), size: exact(size) }))
}
