/**
 * Exact numbers as text. `sequential_id` and amounts have more digits than a JavaScript number holds, and the same
 * quantity is spelled differently by format (`5.0E-4`, `0.00050000`), so both come as one canonical decimal string:
 * the same text for the same value, whatever its spelling.
 */

const jsonNumber = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Longer texts are refused: a few bytes of hostile input (`1e999999999`) would make a string of absurd length. */
export const maxDecimalDigits = 400

/**
 * The canonical spelling: no exponent, no leading `+`, no trailing fractional zeros, `-0` as `0`. `undefined` when
 * `text` is no JSON number or would need more than 400 digits before or after the point.
 *
 * @example
 * ```ts
 * import { canonicalDecimal } from './decimal'
 *
 * canonicalDecimal('1.16539E8') // '116539000'
 * canonicalDecimal('0.00050000') // '0.0005'
 * ```
 */
export function canonicalDecimal(text: string): string | undefined {
  const parts = jsonNumber.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const digits = whole + fraction
  // Counted by hand: the pattern /0+$/ takes quadratic time in a long run of zeros that does not end the text.
  let first = 0
  while (digits[first] === '0') first++
  let end = digits.length
  while (end > first && digits[end - 1] === '0') end--
  if (first === end) return '0'
  const significant = digits.slice(first, end)
  // Digits before the point, counted from the first significant one; negative for 0.00…
  const point = whole.length - first + Number(exponent)
  if (Math.max(point, significant.length, significant.length - point) > maxDecimalDigits) return undefined
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${significant}`
  if (point >= significant.length) return sign + significant.padEnd(point, '0')
  return `${sign}${significant.slice(0, point)}.${significant.slice(point)}`
}
