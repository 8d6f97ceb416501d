/**
 * Market codes as Upbit spells them: quote currency, hyphen, base currency (`KRW-BTC` is Bitcoin priced in won).
 * Other spellings of the same pair are recognised only to propose the right one: the exchange answers a wrong code
 * with silence, so a guess that is sent would look like a quiet market.
 */
import * as t from 'io-ts'

interface MarketCodeBrand {
  readonly MarketCode: unique symbol
}

/** A checked market code: `KRW-BTC`, `BTC-ETH`, `USDT-XRP`. */
export type MarketCode = string & MarketCodeBrand

const pattern = /^([A-Z0-9]{2,12})-([A-Z0-9]{1,20})$/

/**
 * The quote currencies, each with its rank: Korea trades in KRW, USDT and BTC; Singapore, Indonesia and Thailand in
 * their own. A pair is priced in the currency of the lower rank, which tells `KRW-BTC` from `BTC-KRW`.
 */
const quoteRanks: ReadonlyMap<string, number> = new Map([
  ['KRW', 0],
  ['SGD', 0],
  ['IDR', 0],
  ['THB', 0],
  ['USDT', 1],
  ['BTC', 2],
])

/** Longer texts are no misspelt code. */
const maxProposableLength = 40

/**
 * Whether `value` has the form of a market code: a known quote currency, a hyphen, and a base currency that would not
 * be the quote itself. It says nothing about whether the exchange lists it.
 *
 * @example
 * isMarketCode('KRW-BTC') // true
 * isMarketCode('BTC-KRW') // false
 * isMarketCode('BTC/KRW') // false
 */
export function isMarketCode(value: unknown): value is MarketCode {
  if (typeof value !== 'string') return false
  const [, quote = '', base = ''] = pattern.exec(value) ?? []
  const rank = quoteRanks.get(quote)
  return rank !== undefined && rank < (quoteRanks.get(base) ?? Infinity)
}

/** The code of a received frame: any non-empty string, since the exchange may list what we have never heard of. */
export const WireCode = new t.Type<string, string, unknown>(
  'market code',
  (value): value is string => typeof value === 'string' && value.length > 0,
  (value, context) =>
    typeof value === 'string' && value.length > 0 ? t.success(value) : t.failure(value, context),
  t.identity,
)

/**
 * The code that was probably meant, or `undefined`: `BTC/KRW`, `BTC-KRW`, `KRWBTC`, `krw-btc` and `KRW-BTC.15` give
 * `KRW-BTC`.
 */
export function proposeMarketCode(value: string): MarketCode | undefined {
  if (value.length > maxProposableLength) return undefined
  const withoutDepth = value
    .trim()
    .toUpperCase()
    .replace(/\.\d+$/, '')
  const parts = withoutDepth.split(/[^A-Z0-9]+/).filter((part) => part !== '')
  if (parts.length > 2) return undefined
  const [first = '', second = ''] = parts
  return (second === '' ? splits(first) : bothOrders(first, second)).find(isMarketCode)
}

/** Most exchanges write the base currency first; at most one of the two orders is a code. */
function bothOrders(one: string, other: string): string[] {
  return [`${one}-${other}`, `${other}-${one}`]
}

/** `KRWBTC` and `BTCKRW`, split wherever a quote currency begins or ends it. */
function splits(joined: string): string[] {
  return [...quoteRanks.keys()].flatMap((quote) => [
    ...(joined.startsWith(quote) ? bothOrders(quote, joined.slice(quote.length)) : []),
    ...(joined.endsWith(quote) ? bothOrders(joined.slice(0, -quote.length), quote) : []),
  ])
}
