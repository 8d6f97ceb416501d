/**
 * Exact numbers as text. `sequential_id` and amounts have more digits than a JavaScript number holds, and the same
 * quantity is spelled differently by format (`5.0E-4`, `0.00050000`), so both come as one canonical decimal string.
 */

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Beyond this an exponent would make a string of absurd length out of a few bytes of hostile input. */
const maxExponent = 400

/** Whether `text` is a number as JSON spells it. */
export function isJsonNumber(text: string): boolean {
  return jsonNumber.test(text)
}

/**
 * The canonical spelling: no exponent, no leading `+`, no trailing fractional zeros, `-0` as `0`. `undefined` when
 * `text` is no JSON number or its exponent is beyond all reason.
 *
 * @example
 * canonicalDecimal('1.16539E8') // '116539000'
 * canonicalDecimal('0.00050000') // '0.0005'
 */
export function canonicalDecimal(text: string): string | undefined {
  if (!jsonNumber.test(text)) return undefined
  const negative = text.startsWith('-')
  const [mantissa = '', exponentText = '0'] = (negative ? text.slice(1) : text).split(/[eE]/)
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > maxExponent) return undefined
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = whole + fraction
  const point = whole.length + exponent
  const integer = (point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0')).replace(/^0+(?=\d)/, '')
  const decimals = (point <= 0 ? digits.padStart(digits.length - point, '0') : digits.slice(point)).replace(
    /0+$/,
    '',
  )
  const value = decimals === '' ? integer : `${integer}.${decimals}`
  return negative && value !== '0' ? `-${value}` : value
}
