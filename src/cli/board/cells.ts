/** What each cell of a market's row says, and in which colour. */
import type { MarketView } from './markets'
import { formatAge, formatChange, formatNumber, formatRate, formatSize, priceDecimals } from './number-format'
import type { Paint, Style } from './style'

/** So long a price that moved stands out. */
const flashMs = 400
const unknown = '-'

export function priceText({ price, code }: MarketView): string {
  return price === undefined ? unknown : formatNumber(price, priceDecimals(price, code))
}

export function changeText({ change, price, code }: MarketView): string {
  if (change === undefined) return unknown
  const decimals = priceDecimals(price ?? change, code)
  return formatChange(change, decimals)
}

export function rateText({ changeRate }: MarketView): string {
  return changeRate === undefined ? unknown : formatRate(changeRate)
}

export function spreadText({ bestAsk, bestBid, code }: MarketView): string {
  if (bestAsk === undefined || bestBid === undefined) return unknown
  // The decimals of the prices, since the difference of two of them has a tail of binary noise.
  const decimals = Math.max(priceDecimals(bestAsk, code), priceDecimals(bestBid, code))
  return formatNumber(bestAsk - bestBid, decimals)
}

export function bidText({ bestBid, code }: MarketView): string {
  return bestBid === undefined ? unknown : formatNumber(bestBid, priceDecimals(bestBid, code))
}

export function askText({ bestAsk, code }: MarketView): string {
  return bestAsk === undefined ? unknown : formatNumber(bestAsk, priceDecimals(bestAsk, code))
}

export function tradeText({ trade }: MarketView): string {
  return trade === undefined ? unknown : `${sideText(trade.side)} ${formatSize(trade.size)}`
}

export function tradePriceText({ trade, code }: MarketView): string {
  return trade === undefined ? unknown : formatNumber(trade.price, priceDecimals(trade.price, code))
}

export function ageText({ trade }: MarketView, nowMs: number): string {
  return trade === undefined ? unknown : formatAge(nowMs - trade.sinceMs)
}

export function pricePaint({ move, changeRate }: MarketView, nowMs: number, style: Style): Paint {
  if (move !== undefined && nowMs - move.atMs < flashMs) return move.up ? style.justUp : style.justDown
  return changePaint(changeRate, style)
}

export function changePaint(change: number | undefined, style: Style): Paint {
  if (change === undefined || change === 0) return same
  return change > 0 ? style.up : style.down
}

export function tradePaint({ trade }: MarketView, style: Style): Paint {
  if (trade === undefined) return style.quiet
  return trade.side === 'BID' ? style.up : style.down
}

/** From the first price of the shown history to its last. */
export function trendPaint(history: readonly number[], style: Style): Paint {
  return changePaint((history.at(-1) ?? 0) - (history[0] ?? 0), style)
}

function sideText(side: 'ASK' | 'BID'): string {
  return side === 'BID' ? 'BUY ' : 'SELL'
}

const same: Paint = (text) => text
