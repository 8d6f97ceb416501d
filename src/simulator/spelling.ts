/**
 * How the exchange spells numbers. Observed 2026-09: DEFAULT writes prices as Java prints a double (`1.16539E8`,
 * `3093.0`) and keeps the zeros of sizes (`0.00077720`); SIMPLE writes prices plain (`116606000`) and sizes as Java
 * does (`5.0E-4`). All of it is legal JSON, and a reader that knows JavaScript's spelling only would trip over it.
 */
import type { WireFormat } from '../protocol/wire'

export type NumberKind = 'price' | 'size' | 'plain'

/** What a field's number is, by the ending of its full name: rates and turnovers are spelled like prices. */
export function numberKind(field: string): NumberKind {
  if (/_(price|rate)(_24h)?$/.test(field)) return 'price'
  return /_(size|volume)(_24h)?$/.test(field) ? 'size' : 'plain'
}

/** The spelling of a kind in a format; `plain` is the switch that spells everything without exponents. */
export function spellNumber(kind: NumberKind, format: WireFormat, numbers: 'as-seen' | 'plain') {
  if (kind === 'plain' || numbers === 'plain') return spellPlain
  const simple = format === 'SIMPLE' || format === 'SIMPLE_LIST'
  if (kind === 'price') return simple ? spellPlain : spellJava
  return simple ? spellJava : spellFixed
}

/** Digits without an exponent, as few as tell the number: `0.00000689`. */
export function spellPlain(value: number): string {
  const text = String(value)
  const e = text.indexOf('e')
  if (e === -1) return text
  const exponent = Number(text.slice(e + 1))
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = text.slice(negative ? 1 : 0, e).split('.')
  const digits =
    exponent < 0
      ? `0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`
      : whole + fraction.padEnd(exponent, '0')
  return negative ? `-${digits}` : digits
}

/** As `Double.toString` in Java: at least one decimal, an exponent from 10^7 up and below 10^-3; 0 is bare. */
export function spellJava(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value)
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  return `${mantissa}${mantissa.includes('.') ? '' : '.0'}E${Number(exponent)}`
}

/** Eight decimals, zeros and all; a number that needs more is spelled with all it has. */
export function spellFixed(value: number): string {
  if (value === 0) return '0'
  const fixed = value.toFixed(8)
  return Number(fixed) === value ? fixed : spellJava(value)
}
