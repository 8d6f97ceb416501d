/** What an account can order in a market: fees, kinds of orders, limits, balances. Source: docs.upbit.com, read 2026-11. */
import { exactText } from '../trading/exact'
import { feeRate } from '../trading/order'
import { quoteOf, totals } from '../trading/order-rules'
import type { Pocket } from '../trading/pocket'
import { accountErrors } from './answer'
import type { Query } from './query'

export function orderChance(pocket: Pocket, query: Query, isListed: (market: string) => boolean): object {
  const market = query.text('market') ?? ''
  const quote = quoteOf(market)
  if (quote === undefined || !isListed(market)) throw accountErrors.validation('market')
  const base = market.slice(quote.length + 1)
  const fee = exactText(feeRate(market))
  const { min, max } = totals[quote]
  const both = ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc']
  return {
    bid_fee: fee,
    ask_fee: fee,
    maker_bid_fee: fee,
    maker_ask_fee: fee,
    market: {
      id: market,
      name: `${base}/${quote}`,
      order_types: ['limit'],
      order_sides: ['ask', 'bid'],
      bid_types: [...both, 'price'],
      ask_types: [...both, 'market'],
      bid: { currency: quote, min_total: min },
      ask: { currency: base, min_total: min },
      max_total: max,
      state: 'active',
    },
    bid_account: pocket.holdings.row(quote),
    ask_account: pocket.holdings.row(base),
  }
}
