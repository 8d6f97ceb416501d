/**
 * Numbers from the bytes of a frame, bit for bit what `JSON.parse` makes of the same digits (400,000 random spellings
 * in the specs, `npm run fuzz` for more). Both readers leave in `cursor` where the number ended.
 */
import { asciiText } from './ascii-text'
import { cursor, unreadable } from './cursor'
import { longQuotient, powersOfTen } from './quotient'

const minus = 45
const plus = 43
const point = 46
const zero = 48
const lowerE = 101
/** Makes an `E` an `e`. */
const toLower = 32

/** Whole numbers below it are exact. */
const exactBelow = 2 ** 53
/** A power of ten beyond is not exact, so that a quotient by it would be rounded twice. */
const largestExponent = 22
/** So many digits fit into 32 bits. */
export const maxShortDigits = 9
/** So many digits are exact in one number, and so many in all in two of them. */
const highDigits = 15
const mostDigits = 22
/** Milliseconds of so many digits are below 2^53. */
const mostMillisecondDigits = 15

/** A finite number in any of JSON's spellings. */
export function readNumber(view: DataView, start: number): number {
  let at = start
  let byte = view.getUint8(at)
  const isNegative = byte === minus
  if (isNegative) byte = view.getUint8(++at)
  const wholeAt = at
  let digit = byte - zero
  let whole = 0
  // In 32 bits, where a step takes half as long as with doubles; what is too long for them is read once more.
  while (digit >= 0 && digit <= 9) {
    whole = (Math.imul(whole, 10) + digit) | 0
    byte = view.getUint8(++at)
    digit = byte - zero
  }
  const wholeDigits = at - wholeAt
  let mantissaEnd = at
  let fraction = 0
  let fractionDigits = 0
  if (byte === point) {
    const fractionAt = ++at
    byte = view.getUint8(at)
    digit = byte - zero
    while (digit >= 0 && digit <= 9) {
      fraction = (Math.imul(fraction, 10) + digit) | 0
      byte = view.getUint8(++at)
      digit = byte - zero
    }
    mantissaEnd = at
    fractionDigits = at - fractionAt
    if (fractionDigits === 0) return stop(unreadable)
  }
  let exponent = 0
  if ((byte | toLower) === lowerE) {
    byte = view.getUint8(++at)
    const isDown = byte === minus
    if (isDown || byte === plus) byte = view.getUint8(++at)
    const exponentAt = at
    while ((digit = byte - zero) >= 0 && digit <= 9) {
      exponent = exponent * 10 + digit
      byte = view.getUint8(++at)
    }
    if (at === exponentAt) return stop(unreadable)
    if (isDown) exponent = -exponent
  }
  // JSON has no leading zeros.
  if (wholeDigits === 0 || (wholeDigits > 1 && view.getUint8(wholeAt) === zero)) return stop(unreadable)
  cursor.at = at
  let value: number
  if (wholeDigits > maxShortDigits || fractionDigits > maxShortDigits) {
    value = readLong(view, wholeAt, mantissaEnd, at, exponent - fractionDigits)
  } else {
    let mantissa = whole
    // The exchange fills up with zeros: `158219000.00000000`.
    if (fraction !== 0) {
      mantissa = whole * (powersOfTen[fractionDigits] as number) + fraction
      exponent -= fractionDigits
    }
    if (mantissa >= exactBelow) value = readLong(view, wholeAt, mantissaEnd, at, exponent)
    // One operation on exact numbers rounds once, as the exact value would (Clinger, 1990).
    else if (exponent === 0) value = mantissa
    else if (exponent < 0 && exponent >= -largestExponent)
      value = mantissa / (powersOfTen[-exponent] as number)
    else if (exponent > 0 && exponent <= largestExponent) value = mantissa * (powersOfTen[exponent] as number)
    else value = Number(asciiText(view, wholeAt, at))
  }
  if (value === Infinity) return stop(unreadable)
  return isNegative ? -value : value
}

/** A number whose digits are too many for one mantissa, be it for the zeros at its end. */
function readLong(
  view: DataView,
  start: number,
  mantissaEnd: number,
  end: number,
  exponentOfLast: number,
): number {
  let exponent = exponentOfLast
  let last = mantissaEnd - 1
  // Zeros at the end say nothing, and each made the exponent one smaller.
  while (exponent < 0 && view.getUint8(last) === zero) {
    last--
    exponent++
  }
  if (exponent > 0 || exponent < -largestExponent) return Number(asciiText(view, start, end))
  let high = 0
  let low = 0
  let digits = 0
  for (let at = start; at <= last; at++) {
    const digit = view.getUint8(at) - zero
    if (digit < 0) continue // the point
    if (digits < highDigits) high = high * 10 + digit
    else if (digits < mostDigits) low = low * 10 + digit
    if (digits > 0 || digit > 0) digits++
  }
  if (digits <= highDigits) return high / (powersOfTen[-exponent] as number)
  if (digits > mostDigits) return Number(asciiText(view, start, end))
  const value = longQuotient(high, digits - highDigits, low, -exponent)
  return Number.isNaN(value) ? Number(asciiText(view, start, end)) : value
}

/** A whole number of milliseconds in plain digits. */
export function readMilliseconds(view: DataView, start: number): number {
  let at = start
  let value = 0
  let digit = view.getUint8(at) - zero
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit
    digit = view.getUint8(++at) - zero
  }
  const digits = at - start
  if (digits === 0 || digits > mostMillisecondDigits || view.getUint8(start) === zero) return stop(unreadable)
  cursor.at = at
  return value
}

function stop(at: number): number {
  cursor.at = at
  return 0
}
