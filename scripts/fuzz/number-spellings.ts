/**
 * Numbers in every spelling that JSON has, and some that it has not: where two readers of numbers differ, if they do.
 * Halfway cases are exact decimals between two neighbouring doubles, and those that differ from one in the last digit.
 */
import type { Random } from './random'

type Spell = (random: Random) => string

/** How the exchange, other clients and test suites spell; the edges of doubles and of whole numbers. */
const known = [
  '1.16539E8',
  '0E-8',
  '5.0E-4',
  '7.9276e-4',
  '0.00077720',
  '-0',
  '0',
  '-0.0',
  '0.0',
  '0e0',
  '-0E+5',
  '0e400',
  '-0e-400',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '9007199254740993.0',
  '9007199254740992.99999999999999999999',
  '17877285547970001',
  '123456789012345678901234',
  '1386929.37231066771348207123',
  '1.7976931348623157e308',
  '1.7976931348623158e308',
  '1.7976931348623159e308',
  '17976931348623157081e289',
  '2.2250738585072014e-308',
  '2.2250738585072011e-308',
  '4.9406564584124654e-324',
  '2.4703282292062327e-324',
  '2.4703282292062328e-324',
  '1e-400',
  '1e400',
  '-1e400',
  '1e22',
  '1e23',
  '8.5e22',
  '0.1e-6',
  '0.3',
  '1e0000000000000000001',
  '1e-00000000000000000000000000000000000000001',
  `1${'0'.repeat(400)}e-400`,
  `0.${'0'.repeat(400)}1e401`,
  `0.${'0'.repeat(500)}1`,
  '9'.repeat(309),
  '9'.repeat(400),
  '9'.repeat(401),
]

/** What looks like a number to readers that are less strict than JSON. */
const broken = [
  '',
  '-',
  '+1',
  '--1',
  '01',
  '-01',
  '00',
  '00.5',
  '.5',
  '-.5',
  '1.',
  '1.e5',
  '1e',
  '1e+',
  '1E-',
  '1e1.5',
  '1.2.3',
  '1e5e5',
  '1_000',
  '1,000',
  '0x10',
  '1n',
  '1f',
  'NaN',
  'Infinity',
  '-Infinity',
  '1 2',
  '- 1',
  '１',
  '1\u0000',
]

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
  (random) => random.pick(known),
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
  return random.once(3) ? random.pick(broken) : damaged(random)
}
