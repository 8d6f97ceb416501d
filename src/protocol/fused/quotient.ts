/**
 * Long decimals as the nearest double. Up to 2^53 digits divide exactly as they stand; a turnover of 24 hours has one
 * or two digits more in every ticker, and to give its text to `Number` costs many times what this does.
 */

/** 2^27 + 1: splits a double into two halves whose products are exact (Dekker, 1971). */
const splitter = 134_217_729

/** Powers of ten that are exact as doubles. */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

/** How far the error of the correction may reach: much more than it does (2^-50), much less than it would need. */
const doubt = 2 ** -40

/**
 * `(high × 10^lowDigits + low) / 10^scale`, rounded as `JSON.parse` rounds, or `NaN` where that is too close to call
 * (about one in five hundred random ones). `high` below 10^15, `lowDigits` at most 7, `low` below 10^lowDigits, `scale`
 * at most 22.
 *
 * A first quotient q is off by a few units in its last place. Its exact remainder, by products of halves, gives the
 * correction d. Adding d rounds correctly unless q + d lies next to the middle of two doubles; there both neighbours
 * of d's own error must agree.
 */
export function longQuotient(high: number, lowDigits: number, low: number, scale: number): number {
  const shift = powersOfTen[lowDigits] as number
  const divisor = powersOfTen[scale] as number
  const dividend = high * shift
  const dividendError = productError(high, shift, dividend)
  const quotient = dividend / divisor
  const product = quotient * divisor
  // The two are so close that their difference is exact.
  const remainder = dividend - product - productError(quotient, divisor, product) + dividendError + low
  const correction = remainder / divisor
  const above = quotient + correction * (1 + doubt)
  return above === quotient + correction * (1 - doubt) ? above : NaN
}

/** `a × b - product`, exactly, where `product` is their rounded product. */
function productError(a: number, b: number, product: number): number {
  const wideA = splitter * a
  const highA = wideA - (wideA - a)
  const lowA = a - highA
  const wideB = splitter * b
  const highB = wideB - (wideB - b)
  const lowB = b - highB
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB
}
