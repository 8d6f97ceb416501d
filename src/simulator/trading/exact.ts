/**
 * Exact money: whole multiples of 10^-24. A price has at most 8 decimals, a volume 8 and a fee rate 4, so that what is
 * locked, paid and held is never rounded; an average price alone is.
 */
import { canonicalDecimal } from '../../protocol/decimal'
import { spellPlain } from '../spelling'

export type Exact = bigint

/** Decimals that are kept. */
const exactDigits = 24
const one = 10n ** BigInt(exactDigits)
/** 10^-8: the unit of volumes, and what an average is rounded to. */
const unit = 10n ** BigInt(exactDigits - 8)

/** `undefined` for what is no number, or has more decimals than are kept. */
export function parseExact(text: string): Exact | undefined {
  const canonical = canonicalDecimal(text)
  if (canonical === undefined) return undefined
  const [whole = '', fraction = ''] = canonical.split('.')
  if (fraction.length > exactDigits) return undefined
  return BigInt(whole + fraction.padEnd(exactDigits, '0'))
}

/** The same for what is known to be a number. */
export function exact(value: string | number): Exact {
  const parsed = parseExact(typeof value === 'number' ? spellPlain(value) : value)
  if (parsed === undefined) throw new RangeError(`${value} is no exact amount.`)
  return parsed
}

/** Canonical: no exponent, no zeros at the end. */
export function exactText(value: Exact): string {
  const negative = value < 0n
  const digits = String(negative ? -value : value).padStart(exactDigits + 1, '0')
  const fraction = digits.slice(-exactDigits).replace(/0+$/, '')
  const text = digits.slice(0, -exactDigits) + (fraction === '' ? '' : `.${fraction}`)
  return negative ? `-${text}` : text
}

/** Exact, as long as the factors have no more than 24 decimals together. */
export function times(a: Exact, b: Exact): Exact {
  return (a * b) / one
}

/** How many whole units of volume an amount buys at a price. */
export function volumeFor(amount: Exact, price: Exact): Exact {
  return toUnits((amount * one) / price)
}

/** Down to whole units of volume. */
export function toUnits(value: Exact): Exact {
  return value - (value % unit)
}

/** An average, to eight decimals; 0 of nothing. */
export function ratio(amount: Exact, volume: Exact): Exact {
  if (volume === 0n) return 0n
  const units = (amount * one) / volume
  return toUnits(units + unit / 2n)
}

/** A part of a volume, in whole units: `share` is a number in [0, 1]. */
export function shareOf(volume: Exact, share: number): Exact {
  return toUnits((volume * BigInt(Math.round(share * 1e6))) / 1_000_000n)
}

export function least(a: Exact, b: Exact): Exact {
  return a < b ? a : b
}
