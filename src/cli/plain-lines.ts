/** A board for a log: what `renderBoard` shows, as one line a market. */
import type { BoardView } from './board/board-view'
import {
  ageText,
  changeText,
  priceText,
  rateText,
  spreadText,
  tradePriceText,
  tradeText,
} from './board/cells'
import { fit } from './board/display-width'
import type { MarketView } from './board/markets'

/** `SIMULATED embedded exchange at 127.0.0.1:54321: KRW-BTC, KRW-ETH, KRW-XRP`. */
export function plainHeading({ badges, title, markets }: BoardView): string {
  const listed =
    markets.length > 10 ? `${markets.length} markets` : markets.map(({ code }) => code).join(', ')
  return `${[...badges, title].join(' ')}: ${listed}`
}

export function plainLines({ markets, nowMs, hasTrades, hasBooks }: BoardView): string[] {
  const time = new Date(nowMs).toISOString().slice(0, 19)
  return markets.map((market) => {
    const { code, price, bestAsk, trade } = market
    if (price === undefined && bestAsk === undefined) return `${time}Z ${code} nothing yet`
    const parts = [
      `${time}Z ${fit(code, 9)} ${priceText(market)}`,
      ...(hasTrades ? [`${changeText(market)} ${rateText(market)}`] : []),
      ...(hasBooks ? [`spread ${spreadText(market)}`] : []),
      ...(trade === undefined ? [] : [tradeWords(market, nowMs)]),
    ]
    return parts.join('  ')
  })
}

function tradeWords(market: MarketView, nowMs: number): string {
  return `${tradeText(market)} at ${tradePriceText(market)}, ${ageText(market, nowMs)} ago`
}
