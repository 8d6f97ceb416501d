/** What a market takes: its grid of prices, its smallest and largest order. Source: docs.upbit.com, read 2026-11. */
import type { Quote } from '../market/codes'
import { tickSize } from '../market/tick'
import type { Exact } from './exact'
import { exact, exactText, times } from './exact'
import type { OrderTerms } from './order'
import { orderRefusals } from './order-refusal'

/** In the quote currency. The largest of BTC and USDT is not documented. */
export const totals: Readonly<Record<Quote, { readonly min: string; readonly max: string }>> = {
  KRW: { min: '5000', max: '1000000000' },
  BTC: { min: '0.00005', max: '30' },
  USDT: { min: '0.5', max: '1000000' },
}

/** The quote currency of a market; `undefined` where a test has made up one that has no rules. */
export function quoteOf(market: string): Quote | undefined {
  const [quote = '', base = ''] = market.split('-')
  return base !== '' && Object.hasOwn(totals, quote) ? (quote as Quote) : undefined
}

/** Throws the exchange's refusal; `lastPrice` is the market's, by which a sell without a price is measured. */
export function checkTerms(terms: OrderTerms, lastPrice: Exact | undefined): void {
  const { market, side, type, price, volume } = terms
  const quote = quoteOf(market)
  if (quote === undefined) throw orderRefusals.validation('market')
  if (type === 'limit' && price !== undefined) {
    const tick = exact(tickSize(quote, Number(exactText(price))))
    if (price % tick !== 0n) throw orderRefusals.price(side)
  }
  const at = type === 'limit' ? price : lastPrice
  const total = volume === undefined ? price : at === undefined ? undefined : times(at, volume)
  if (total === undefined) return
  if (total < exact(totals[quote].min)) throw orderRefusals.minTotal(side)
  if (total > exact(totals[quote].max)) throw orderRefusals.validation('total')
}
