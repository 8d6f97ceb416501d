/**
 * The markets as REST sees them: those that are listed, and of each the state that the sockets tell, which is the
 * seeded market's where there is one, else the last that a test has sent.
 */
import type { OrderbookFrame } from '../../protocol/orderbook'
import type { TickerFrame } from '../../protocol/ticker'
import type { MarketEvent } from '../encode'
import type { Listing, Quote } from '../market/codes'
import { listings } from '../market/codes'
import { profile } from '../market/profile'
import type { ResolvedOptions } from '../options'
import { quotationErrors } from './answer'
import type { History, MarketPast } from './history'

export class MarketsView {
  /** Markets that a test has taken off the list. */
  readonly delisted = new Set<string>()
  private readonly listings: ReadonlyMap<string, Listing>

  constructor(
    private readonly options: Pick<ResolvedOptions, 'seed' | 'markets' | 'rate'>,
    private readonly history: History,
    /** What a subscription would get from the seeded market. */
    private readonly live: (type: string, code: string, level: number) => MarketEvent | undefined,
  ) {
    this.listings = new Map(listings(options.markets).map((listing) => [listing.code, listing]))
  }

  get listed(): readonly Listing[] {
    return [...this.listings.values()].filter(({ code }) => !this.delisted.has(code))
  }

  /** Whether it is a market: one on the list, or one of which a test has sent something. */
  isListed(code: string): boolean {
    const known = this.listings.has(code) || this.history.of(code) !== undefined
    return known && !this.delisted.has(code)
  }

  /** Throws `Code not found` for what is no market. */
  check(code: string): string {
    if (!this.isListed(code)) throw quotationErrors.code()
    return code
  }

  ticker(code: string): TickerFrame | undefined {
    return (this.live('ticker', code, 0) as TickerFrame | undefined) ?? this.history.of(code)?.ticker
  }

  orderbook(code: string, level: number): OrderbookFrame | undefined {
    const live = this.live('orderbook', code, level) as OrderbookFrame | undefined
    return live ?? this.history.of(code)?.orderbooks.get(level)
  }

  /** The past of a market up to now: a seeded market that nobody watches acts only when it is looked at. */
  past(code: string): MarketPast | undefined {
    this.live('trade', code, 0)
    return this.history.of(code)
  }

  lastTradePrice(code: string): number | undefined {
    const trades = this.past(code)?.trades
    return trades === undefined || trades.length === 0 ? undefined : trades.at(trades.length - 1).price
  }

  quote(code: string): Quote {
    return code.split('-')[0] as Quote
  }

  /** The last price that anything has said of it. */
  price(code: string): number {
    const ticker = this.ticker(code)
    if (ticker !== undefined) return ticker.trade_price
    const traded = this.lastTradePrice(code)
    if (traded !== undefined) return traded
    const listing = this.listings.get(code)
    return listing === undefined ? 1 : profile(listing, this.options.seed, this.options.rate).startPrice
  }
}
