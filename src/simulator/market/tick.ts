/**
 * The grid that prices live on. KRW: the table of 2025-07-31 (docs.upbit.com, `krw-market-info`; rows below 100 won
 * from client tables). BTC markets have one step, USDT markets a table of their own.
 */
import type { Quote } from './codes'

/** From this price up, this step. Steps below 1 are kept as their inverse, which is exact where they are not. */
type Row = readonly [fromPrice: number, step: number, inverse: number]

const krw: readonly Row[] = [
  [1_000_000, 1_000, 0],
  [500_000, 500, 0],
  [100_000, 100, 0],
  [50_000, 50, 0],
  [10_000, 10, 0],
  [5_000, 5, 0],
  [100, 1, 0],
  [10, 0, 10],
  [1, 0, 100],
  [0.1, 0, 1e3],
  [0.01, 0, 1e4],
  [0.001, 0, 1e5],
  [0.0001, 0, 1e6],
  [0.00001, 0, 1e7],
  [0, 0, 1e8],
]

const usdt: readonly Row[] = [
  [10, 0, 100],
  [1, 0, 1e3],
  [0.1, 0, 1e4],
  [0.01, 0, 1e5],
  [0.001, 0, 1e6],
  [0.0001, 0, 1e7],
  [0, 0, 1e8],
]

const tables: Readonly<Record<Quote, readonly Row[]>> = { KRW: krw, BTC: [[0, 0, 1e8]], USDT: usdt }

function row(quote: Quote, price: number): Row {
  return tables[quote].find(([fromPrice]) => price >= fromPrice) as Row
}

/** The step at a price. */
export function tickSize(quote: Quote, price: number): number {
  const [, step, inverse] = row(quote, price)
  return step > 0 ? step : 1 / inverse
}

/** The nearest price on the grid, not below its first step. */
export function onGrid(quote: Quote, price: number): number {
  return snap(row(quote, price), price, 0)
}

/** The next price up. */
export function tickUp(quote: Quote, price: number): number {
  return snap(row(quote, price), price, 1)
}

/** The next price down; 0 below the first step. */
export function tickDown(quote: Quote, price: number): number {
  // At the lower end of a row the step down is that of the row below.
  const [fromPrice] = row(quote, price)
  const below = fromPrice > 0 && price <= fromPrice ? row(quote, fromPrice * 0.999_999) : row(quote, price)
  return Math.max(0, snap(below, price, -1))
}

function snap([, step, inverse]: Row, price: number, ticks: number): number {
  // Dividing whole numbers gives the double nearest to the decimal price; multiplying fractions would not.
  return step > 0
    ? (Math.round(price / step) + ticks) * step
    : (Math.round(price * inverse) + ticks) / inverse
}

/**
 * The groupings of a book that the exchange offers at a price: for KRW-BTC 0, 10,000, 100,000 ... 100,000,000.
 * BTC and USDT markets have none.
 */
export function supportedLevels(quote: Quote, price: number): readonly number[] {
  if (quote !== 'KRW') return [0]
  const tick = tickSize(quote, price)
  return [0, ...[1, 2, 3, 4, 5].map((power) => Number((tick * 10 ** power).toPrecision(6)))]
}
