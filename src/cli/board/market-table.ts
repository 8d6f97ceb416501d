/**
 * The table of markets. Each column has a rank: in a narrow window those of the highest rank go first, so that code,
 * price and change are there to the last. What is left of the width is the trend's.
 */
import {
  ageText,
  askText,
  bidText,
  changePaint,
  changeText,
  pricePaint,
  priceText,
  rateText,
  spreadText,
  tradePaint,
  tradePriceText,
  tradeText,
  trendPaint,
} from './cells'
import { displayWidth, fit } from './display-width'
import type { MarketView } from './markets'
import { sparkline } from './sparkline'
import type { Paint, Style } from './style'

export interface TableContext {
  readonly nowMs: number
  readonly style: Style
  readonly hasPrices: boolean
  readonly hasTrades: boolean
  readonly hasBooks: boolean
}

interface Column {
  readonly title: string
  readonly rank: number
  readonly least: number
  readonly align: 'left' | 'right'
  readonly isThere?: (context: TableContext) => boolean
  text(market: MarketView, nowMs: number): string
  paint(market: MarketView, context: TableContext): Paint
}

const ofBooks = ({ hasBooks }: TableContext): boolean => hasBooks
const ofTrades = ({ hasTrades }: TableContext): boolean => hasTrades

const columns: readonly Column[] = [
  {
    title: 'MARKET',
    rank: 0,
    least: 9,
    align: 'left',
    text: ({ code }) => code,
    paint: (_, { style }) => style.strong,
  },
  {
    title: 'PRICE',
    rank: 1,
    least: 12,
    align: 'right',
    isThere: ({ hasPrices }) => hasPrices,
    text: priceText,
    paint: (market, { nowMs, style }) => pricePaint(market, nowMs, style),
  },
  {
    title: 'CHANGE',
    rank: 5,
    least: 11,
    align: 'right',
    isThere: ofTrades,
    text: changeText,
    paint: ({ change }, { style }) => changePaint(change, style),
  },
  {
    title: '%',
    rank: 2,
    least: 7,
    align: 'right',
    isThere: ofTrades,
    text: rateText,
    paint: ({ changeRate }, { style }) => changePaint(changeRate, style),
  },
  {
    title: 'BID',
    rank: 8,
    least: 12,
    align: 'right',
    isThere: ofBooks,
    text: bidText,
    paint: (_, { style }) => style.up,
  },
  {
    title: 'ASK',
    rank: 9,
    least: 12,
    align: 'right',
    isThere: ofBooks,
    text: askText,
    paint: (_, { style }) => style.down,
  },
  {
    title: 'SPREAD',
    rank: 4,
    least: 8,
    align: 'right',
    isThere: ofBooks,
    text: spreadText,
    paint: (_, { style }) => style.quiet,
  },
  {
    title: 'LAST TRADE',
    rank: 3,
    least: 15,
    align: 'left',
    isThere: ofTrades,
    text: tradeText,
    paint: (market, { style }) => tradePaint(market, style),
  },
  {
    title: 'AT',
    rank: 7,
    least: 12,
    align: 'right',
    isThere: ofTrades,
    text: tradePriceText,
    paint: (market, { style }) => tradePaint(market, style),
  },
  {
    title: 'AGE',
    rank: 6,
    least: 4,
    align: 'right',
    isThere: ofTrades,
    text: (market, nowMs) => ageText(market, nowMs),
    paint: (_, { style }) => style.quiet,
  },
]

const gap = '  '
const trendTitle = 'TREND'
/** Columns of a higher rank are shown only where the trend has enough room beside them. */
const trendRank = 7
const trendEnough = 16
const trendLeast = 8
const trendMost = 60

/** The heading and a line a market, none wider than `width`. */
export function marketTable(markets: readonly MarketView[], width: number, context: TableContext): string[] {
  const { nowMs, style } = context
  const measured = columns
    .filter(({ isThere }) => isThere?.(context) !== false)
    .map((column) => ({
      column,
      width: Math.max(
        column.least,
        column.title.length,
        ...markets.map((market) => displayWidth(column.text(market, nowMs))),
      ),
    }))
  const shown = measured.filter(({ column }) => {
    const before = measured.filter((other) => other.column.rank <= column.rank)
    const trend = column.rank > trendRank ? gap.length + trendEnough : 0
    return column.rank === 0 || widthOf(before) + trend <= width
  })
  const trendWidth = Math.min(trendMost, width - widthOf(shown) - gap.length)
  const hasTrend = trendWidth >= trendLeast
  const heading = [
    ...shown.map((cell) => fit(cell.column.title, cell.width, cell.column.align)),
    ...(hasTrend ? [fit(trendTitle, trendWidth)] : []),
  ]
  const lines = markets.map((market) => {
    const cells = shown.map(({ column, width: wide }) => {
      const text = column.text(market, nowMs)
      const space = ' '.repeat(wide - displayWidth(text))
      const painted = column.paint(market, context)(text)
      return column.align === 'left' ? painted + space : space + painted
    })
    const history = market.history.slice(-trendWidth)
    if (hasTrend) cells.push(trendPaint(history, style)(sparkline(history, trendWidth)))
    return cells.join(gap).trimEnd()
  })
  return [style.heading(heading.join(gap)), ...lines]
}

function widthOf(cells: readonly { readonly width: number }[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0) + gap.length * Math.max(0, cells.length - 1)
}
