/**
 * Numbers in every spelling that JSON has, and some that it has not: where two readers of numbers differ, if they do.
 * Halfway cases are exact decimals between two neighbouring doubles, and those that differ from one in the last digit.
 */
import { brokenNumbers, knownNumbers } from './known-numbers'
import type { Random } from './random'

type Spell = (random: Random) => string

const exponentMark: Spell = (random) => random.pick(['e', 'E', 'e+', 'E+', 'e-', 'E-'])
const sign: Spell = (random) => (random.once(4) ? '-' : '')

const integer: Spell = (random) => sign(random) + random.digits(1 + random.below(random.once(8) ? 40 : 20))

/** As many digits before and behind the point as prices, sizes and turnovers have, and some more. */
const fraction: Spell = (random) => {
  const whole = random.once(3) ? '0' : random.digits(1 + random.below(12))
  const zeros = random.once(3) ? '0'.repeat(random.below(9)) : ''
  const trailing = random.once(3) ? '0'.repeat(1 + random.below(8)) : ''
  return `${sign(random)}${whole}.${zeros}${random.digits(1 + random.below(random.once(6) ? 30 : 10))}${trailing}`
}

const exponential: Spell = (random) => {
  const mantissa = random.once(2) ? fraction(random) : integer(random)
  const exponent = random.below(random.once(6) ? 420 : 24)
  return `${mantissa}${exponentMark(random)}${random.once(10) ? '0' : ''}${exponent}`
}

/** As `Double.toString` of Java has it: `1.16539E8`. */
const java: Spell = (random) => {
  const digits = random.digits(1 + random.below(12))
  return `${digits.slice(0, 1)}.${digits.slice(1) || '0'}E${random.pick(['', '-'])}${random.below(10)}`
}

const aroundPowers: Spell = (random) => {
  const power = random.once(2) ? 2n ** BigInt(random.below(80)) : 10n ** BigInt(random.below(25))
  return sign(random) + String(power + BigInt(random.below(7)) - 3n).replace('-', '')
}

const view = new DataView(new ArrayBuffer(8))

/** A finite double of any size: its bits are drawn. */
function anyDouble(random: Random): number {
  for (;;) {
    view.setUint32(0, random.below(0x1_0000_0000))
    view.setUint32(4, random.below(0x1_0000_0000))
    const value = view.getFloat64(0)
    if (Number.isFinite(value)) return value
  }
}

const shortest: Spell = (random) => String(anyDouble(random))

const manyDigits: Spell = (random) => anyDouble(random).toExponential(15 + random.below(20))

const subnormal: Spell = (random) => {
  view.setUint32(0, random.below(0x10_0000) >>> random.below(20))
  view.setUint32(4, random.below(0x1_0000_0000))
  const value = view.getFloat64(0)
  return random.once(2) ? String(value) : value.toExponential(15 + random.below(20))
}

/** The decimal exactly between a double and its neighbour, or one a digit beside it. */
const halfway: Spell = (random) => {
  const mantissa = 2n ** 52n + BigInt(random.below(0x1_0000_0000)) * BigInt(1 + random.below(0x10_0000))
  const exponent = random.below(140) - 90
  // (2m + 1) · 2^(e − 1), as digits and a power of ten.
  const odd = 2n * mantissa + 1n
  const shift = exponent - 1
  const digits = shift >= 0 ? odd << BigInt(shift) : odd * 5n ** BigInt(-shift)
  const point = shift >= 0 ? 0 : shift
  const [beside, tenth] = random.pick([
    [0n, ''],
    [1n, ''],
    [-1n, ''],
    [0n, '1'],
    [0n, `${'0'.repeat(20)}1`],
    [0n, '000'],
  ] as const)
  const text = `${digits + beside}${tenth}`
  const exponentOfText = point - tenth.length
  if (exponentOfText === 0) return text
  if (random.once(2) && -exponentOfText < text.length && exponentOfText < 0) {
    return `${text.slice(0, exponentOfText)}.${text.slice(exponentOfText)}`
  }
  return `${text}e${exponentOfText}`
}

const damaged: Spell = (random) => {
  const text = validSpelling(random)
  const at = random.below(text.length + 1)
  const inserted = random.pick([
    '',
    '0',
    '-',
    '+',
    '.',
    'e',
    'E',
    ' ',
    '\t',
    '\n',
    'x',
    '"',
    '5',
    '00',
    '\u00b2',
  ])
  return text.slice(0, at) + inserted + text.slice(at + random.below(2))
}

const valid: readonly Spell[] = [
  (random) => random.pick(knownNumbers),
  integer,
  fraction,
  fraction,
  exponential,
  java,
  aroundPowers,
  shortest,
  manyDigits,
  subnormal,
  halfway,
]

/** A number as JSON spells it; it may be too large for a double. */
export function validSpelling(random: Random): string {
  return random.pick(valid)(random)
}

/** A number as JSON spells it, or nearly so. */
export function numberSpelling(random: Random): string {
  if (!random.once(5)) return validSpelling(random)
  return random.once(3) ? random.pick(brokenNumbers) : damaged(random)
}
