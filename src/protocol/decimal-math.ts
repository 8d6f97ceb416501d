/**
 * Arithmetic of canonical decimal texts (`decimal.ts`), exact: amounts of an account have more digits than a JavaScript
 * number holds. Whole numbers of any length do the work, at the scale of the finer of the two.
 */

/** A decimal as a whole number of units of 10^-scale. */
interface Scaled {
  readonly units: bigint
  readonly scale: number
}

/** `-1`, `0` or `1`: whether `a` is below, equal to or above `b`. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  // Canonical: the same text for the same value.
  if (a === b) return 0
  const [left, right] = aligned(a, b)
  return left < right ? -1 : 1
}

/** `a + b`. */
export function addDecimals(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b)
  return textOf(left + right, scale)
}

/** `a - b`. */
export function subtractDecimals(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b)
  return textOf(left - right, scale)
}

/**
 * `a / b`, which most quotients of decimals are no decimal of: exact where it has at most `digits` digits after the point,
 * else rounded to so many, halves away from zero. `undefined` when `b` is 0.
 */
export function divideDecimals(a: string, b: string, digits: number): string | undefined {
  const [left, right] = aligned(a, b)
  if (right === 0n) return undefined
  const isNegative = left < 0n !== right < 0n
  const dividend = magnitude(left) * 10n ** BigInt(digits)
  const divisor = magnitude(right)
  const rounded = (2n * dividend + divisor) / (2n * divisor)
  return textOf(isNegative ? -rounded : rounded, digits)
}

function aligned(a: string, b: string): readonly [bigint, bigint, number] {
  const left = scaled(a)
  const right = scaled(b)
  const scale = Math.max(left.scale, right.scale)
  return [raised(left, scale), raised(right, scale), scale]
}

function raised({ units, scale }: Scaled, to: number): bigint {
  return scale === to ? units : units * 10n ** BigInt(to - scale)
}

function scaled(text: string): Scaled {
  const point = text.indexOf('.')
  if (point === -1) return { units: BigInt(text), scale: 0 }
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 }
}

function magnitude(units: bigint): bigint {
  return units < 0n ? -units : units
}

function textOf(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = magnitude(units)
    .toString()
    .padStart(scale + 1, '0')
  if (scale === 0) return sign + digits
  let end = digits.length
  const point = digits.length - scale
  while (end > point && digits[end - 1] === '0') end--
  return (
    sign + (end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`)
  )
}
