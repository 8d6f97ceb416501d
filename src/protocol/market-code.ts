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

const pattern = /^[A-Z0-9]{2,12}-[A-Z0-9]{1,20}$/

/** Quote currencies of the regions: Korea trades in KRW, BTC, USDT; Singapore, Indonesia, Thailand in their own. */
const quotes = ['KRW', 'BTC', 'USDT', 'SGD', 'IDR', 'THB']

/**
 * Whether `value` has the form of a market code with one of the known quote currencies. It says nothing about
 * whether the exchange lists it.
 *
 * @example
 * isMarketCode('KRW-BTC') // true
 * isMarketCode('BTC/KRW') // false
 */
export function isMarketCode(value: unknown): value is MarketCode {
  return (
    typeof value === 'string' && pattern.test(value) && quotes.includes(value.slice(0, value.indexOf('-')))
  )
}

/** The code of a received frame: any non-empty string, since the exchange may list what we have never heard of. */
export const WireCode = new t.Type<string, string, unknown>(
  'market code',
  (value): value is string => typeof value === 'string' && value.length > 0,
  (value, context) =>
    typeof value === 'string' && value.length > 0 ? t.success(value) : t.failure(value, context),
  t.identity,
)

/** The code that was probably meant, or `undefined`: `BTC/KRW`, `BTC-KRW`, `KRWBTC`, `krw-btc` give `KRW-BTC`. */
export function proposeMarketCode(value: string): string | undefined {
  const upper = value.trim().toUpperCase()
  const depth = /^(.+)\.\d+$/.exec(upper)
  if (depth?.[1] !== undefined) return proposeMarketCode(depth[1])
  const parts = upper.split(/[^A-Z0-9]+/).filter(Boolean)
  const candidate =
    parts.length === 1 ? splitJoined(parts[0] ?? '') : parts.length === 2 ? order(parts) : undefined
  return isMarketCode(candidate) ? candidate : undefined
}

/** `BTC/KRW` is the order of most exchanges: base first. Either order is read, `BTC-USDT` as USDT's market too. */
function order([first = '', second = '']: string[]): string {
  const rank = (currency: string): number => {
    const fiatFirst = ['KRW', 'SGD', 'IDR', 'THB', 'USDT', 'BTC'].indexOf(currency)
    return fiatFirst === -1 ? Infinity : fiatFirst
  }
  return rank(second) < rank(first) ? `${second}-${first}` : `${first}-${second}`
}

function splitJoined(joined: string): string | undefined {
  for (const quote of quotes) {
    if (joined.startsWith(quote) && joined.length > quote.length)
      return `${quote}-${joined.slice(quote.length)}`
  }
  for (const quote of quotes) {
    if (joined.endsWith(quote) && joined.length > quote.length)
      return `${quote}-${joined.slice(0, -quote.length)}`
  }
  return undefined
}
