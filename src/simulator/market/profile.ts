/**
 * What sets one market apart from another: its price, how often it trades and quotes, how thick its book is. A
 * function of the listing and the seed. The rates add up to what was measured in September 2026: about 790 book
 * frames a second over 855 markets, one to three trades a second on KRW-BTC.
 */
import { hashText, seededRandom } from '../../base/seeded-random'
import type { Listing } from './codes'
import { onGrid } from './tick'

export interface Profile extends Listing {
  readonly startPrice: number
  readonly tradesPerSecond: number
  /** How often the book changes without a trade. */
  readonly changesPerSecond: number
  /** Value of an average trade, in the quote currency. */
  readonly tradeValue: number
  /** Value of an average level of the book. */
  readonly levelValue: number
  /** Levels that each side has at most. */
  readonly askDepth: number
  readonly bidDepth: number
  /** The largest step between two levels, in ticks. */
  readonly maxGap: number
  /** Books go out on a grid of this width, 0 for none. */
  readonly bookGridMs: number
  /** Where on its grids this market lies. */
  readonly phaseMs: number
}

const wonPrices: Readonly<Record<string, number>> = {
  BTC: 109_847_000,
  ETH: 3_427_000,
  XRP: 3_093,
  SOL: 198_400,
  DOGE: 231,
  ADA: 812,
  USDT: 1_431,
  SHIB: 0.0141,
  PEPE: 0.0112,
  BONK: 0.0198,
}

const wonPerQuote = { KRW: 1, BTC: 109_847_000, USDT: 1_431 } as const

export function profile(listing: Listing, seed: number | string, rate: number): Profile {
  const { code, quote, base, rank } = listing
  const random = seededRandom(`${seed}/profile/${code}`)
  const inWon = quote === 'KRW'
  // The coin's price is one for all its markets, so that they do not contradict each other grossly.
  const coin = seededRandom(`price/${base}`)
  const won = wonPrices[base] ?? 10 ** (coin() * 5 - 0.7)
  const price = (won / wonPerQuote[quote]) * (0.99 + random() * 0.02)
  const thin = !inWon && random() < 0.4
  const shortSide = Math.floor(random() * 26) + 2
  const thinAsks = random() < 0.5
  return {
    ...listing,
    // Enough steps below the price for a book to have bids at all.
    startPrice: onGrid(quote, Math.max(price, 5e-8)),
    tradesPerSecond: rate * (inWon ? 2.4 / (1 + rank / 4) : 0.2 / (1 + rank / 10)),
    changesPerSecond: rate * (inWon ? 9 / (1 + rank / 25) : 1.5 / (1 + rank / 40)),
    tradeValue: (inWon ? 900_000 / (1 + rank / 60) : 120_000 / (1 + rank / 60)) / wonPerQuote[quote],
    levelValue: (inWon ? 6_000_000 / (1 + rank / 40) : 700_000 / (1 + rank / 40)) / wonPerQuote[quote],
    askDepth: thin && thinAsks ? shortSide : 30,
    bidDepth: thin && !thinAsks ? shortSide : 30,
    maxGap: inWon ? (rank < 80 ? 1 : 2) : thin ? 6 : 3,
    bookGridMs: inWon ? 100 : 0,
    phaseMs: hashText(`phase/${code}`) % 1_000,
  }
}
