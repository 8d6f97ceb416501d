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

/** Currencies of states. They price and are not priced: `BTC-KRW` can only be a misspelt `KRW-BTC`. */
const fiats = ['KRW', 'SGD', 'IDR', 'THB']

/**
 * Quote currencies: Korea trades in KRW, USDT and BTC; Singapore, Indonesia and Thailand in their own. The order is
 * that of preference where a spelling can be read in two ways.
 */
const quotes = [...fiats, 'USDT', 'BTC']

/** Longer texts are no misspelt code. */
const maxProposableLength = 40

/**
 * Whether `value` has the form of a market code: a known quote currency, a hyphen, and a base currency that can be
 * priced in it. It says nothing about whether the exchange lists it.
 *
 * @example
 * ```ts
 * import { isMarketCode } from 'upbit-rx'
 *
 * isMarketCode('KRW-BTC') // true
 * isMarketCode('BTC-KRW') // false
 * isMarketCode('BTC/KRW') // false
 * ```
 */
export function isMarketCode(value: unknown): value is MarketCode {
  if (typeof value !== 'string') return false
  const [, quote = '', base = ''] = pattern.exec(value) ?? []
  return quotes.includes(quote) && base !== quote && !fiats.includes(base)
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
  return quotes
    .flatMap((quote) => basesBeside(quote, parts).map((base) => `${quote}-${base}`))
    .find(isMarketCode)
}

/** What stands beside `quote` in a pair, on either side: most exchanges write the base currency first. */
function basesBeside(quote: string, parts: readonly string[]): string[] {
  const [first = '', second = ''] = parts
  if (parts.length === 2) return first === quote ? [second] : second === quote ? [first] : []
  if (parts.length !== 1) return []
  return [
    ...(first.startsWith(quote) ? [first.slice(quote.length)] : []),
    ...(first.endsWith(quote) ? [first.slice(0, -quote.length)] : []),
  ]
}
