/** Spellings of numbers for the specs of the readers: random ones of every shape from a seed, and the hard ones. */

/** A generator of numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Spellings that JSON allows, each of a shape that is drawn first. */
export function* spellings(count: number, seed: number): Generator<string> {
  const random = seeded(seed)
  const below = (bound: number): number => Math.floor(random() * bound)
  const digits = (length: number): string => {
    const text = Array.from({ length }, () => below(10)).join('')
    return text.replace(/^0+(?=\d)/, (zeros) => '1'.repeat(zeros.length))
  }
  const exponent = (most: number): string =>
    `${random() < 0.8 ? 'E' : 'e'}${['', '-', '+'][below(3)]}${below(most)}`
  const bits = new DataView(new ArrayBuffer(8))
  const double = (): number => {
    do {
      bits.setUint32(0, below(2 ** 32))
      bits.setUint32(4, below(2 ** 32))
    } while (!Number.isFinite(bits.getFloat64(0)))
    return Math.abs(bits.getFloat64(0))
  }
  const shapes: readonly (() => string)[] = [
    () => digits(1 + below(30)),
    // As the exchange writes prices, sizes and turnovers.
    () => `${digits(1 + below(9))}.${digits(1 + below(9))}`,
    () => `${digits(1 + below(12))}.${'0'.repeat(1 + below(20))}`,
    () => `${digits(8 + below(6))}.${digits(1 + below(6))}${'0'.repeat(below(20))}`,
    () => `${digits(1)}.${digits(1 + below(9))}E${below(12)}`,
    () => `${digits(1)}.${digits(1 + below(3))}E-${below(10)}`,
    () => `0.${'0'.repeat(below(10))}${digits(1 + below(12))}`,
    // Everything else that JSON has.
    () => `${digits(1 + below(30))}.${digits(1 + below(30))}`,
    () => `${digits(1 + below(20))}${exponent(30)}`,
    () => `${digits(1 + below(20))}.${digits(1 + below(20))}${exponent(330)}`,
    () => `0${['', '.0', '.000000000000'][below(3)]}${below(2) === 0 ? '' : exponent(400)}`,
    () => String(double()),
    () => double().toExponential(below(25)),
    () => exactText(below(2 ** 32) * 2 ** 21 + below(2 ** 21), -below(60)),
    // Next to the middle of two doubles.
    () => middleText(Math.floor(random() * 2 ** 53), -below(50), below(3) - 1),
    () => middleText(2 ** 52 + Math.floor(random() * 2 ** 30), below(20) - 30, below(3) - 1),
  ]
  for (let made = 0; made < count; made++) {
    const text = shapes[made % shapes.length]!()
    // 1e400 is JSON, and no number.
    if (Number(text) === Infinity) continue
    yield below(8) === 0 ? `-${text}` : text
  }
}

/** `mantissa × 2^exponent` with all its digits; the exponent is 0 or below. */
function exactText(mantissa: number, exponent: number, nudge = 0): string {
  // A power of two down is a power of five up and one of ten down.
  const places = -exponent
  const all = (BigInt(mantissa) * 5n ** BigInt(places) * 10n + BigInt(nudge))
    .toString()
    .padStart(places + 2, '0')
  const point = all.length - places - 1
  return `${all.slice(0, point)}.${all.slice(point)}`
}

/** The middle of two neighbours, or a unit of the last digit beside it. */
function middleText(mantissa: number, exponent: number, nudge: number): string {
  const places = 1 - exponent
  const all = ((2n * BigInt(mantissa) + 1n) * 5n ** BigInt(places) * 10n + BigInt(nudge)).toString()
  const padded = all.padStart(places + 2, '0')
  const point = padded.length - places - 1
  return `${padded.slice(0, point)}.${padded.slice(point)}`
}

/** Seen on the wire, or at the edge of something. */
export const knownSpellings: readonly string[] = [
  ...['0', '0.0', '0E-8', '0.00000000', '-0', '-0.0', '-0E-8', '0e400', '0.000000000000000000000000'],
  ...[
    '1.16539E8',
    '158219000.00000000',
    '95078733694.3792000000000000000',
    '59726546304.62442',
    '1808.20110823',
  ],
  ...[
    '5.0E-4',
    '7.9276e-4',
    '1e+3',
    '1E+3',
    '1e3',
    '1.5e0',
    '1E0',
    '1E-0',
    '0.00777200',
    '109165000',
    '-112000.00000000',
  ],
  ...[
    '999999999',
    '1000000000',
    '4294967295',
    '4294967296',
    '4294967297',
    '42949672960',
    '0.4294967296',
    '1.0000000000',
  ],
  ...['999999999.999999999', '1000000000.1', '1.0000000001', '12345678.123456789', '9007199.254740993'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '9007199254740994', '9007199254740995'],
  ...[
    '90071992.54740991',
    '90071992.54740992',
    '90071992.54740993',
    '900719925474099.3',
    '0.9007199254740993',
  ],
  ...['123456789012345678901234', '1386929.37231066771348207123', '999999999999999', '9999999999999999'],
  ...[
    '1e22',
    '1e23',
    '1E-22',
    '1E-23',
    '1e-9',
    '123456789E9',
    '999999999E9',
    '1E10',
    '1E00000000000000000001',
  ],
  ...['1.7976931348623157e308', '1.7976931348623158e308', '1e308', '-1e308', '2.2250738585072014e-308'],
  ...[
    '2.2250738585072011e-308',
    '4.9e-324',
    '5e-324',
    '2.4703282292062327e-324',
    '2.4703282292062328e-324',
    '1e-400',
  ],
  ...['1e-999999999999999999999', `0.${'0'.repeat(400)}1`, `1${'0'.repeat(300)}`, `0.${'3'.repeat(2000)}`],
  ...[`1.${'0'.repeat(500)}1`, `1${'0'.repeat(400)}e-400`, '179769313486231580793728971405301199999e270'],
]

/** What JSON does not have, or has and is no finite number. */
export const noNumbers: readonly string[] = [
  ...[
    '',
    '-',
    '+1',
    '.5',
    '-.5',
    '1.',
    '-1.',
    '1.E5',
    '1e',
    '1E',
    '1e+',
    '1e-',
    '1.5e',
    '1.5E+',
    '--1',
    '-+1',
  ],
  ...[
    '01',
    '00',
    '-01',
    '00.5',
    '0123456789012',
    '-00',
    '01e5',
    'e5',
    'E-5',
    'NaN',
    'Infinity',
    '-Infinity',
    'n',
    '"1"',
  ],
  ...['1e309', '1e400', '-1e400', '1E999999999999999', `1${'0'.repeat(309)}`, '1.7976931348623159e308'],
]

/** What follows a number in a frame. */
export const behinds = [',', '}', ']'] as const

const room = Buffer.alloc(4096)

/** A view over many bytes, in which the text begins at the third; for the time being, until the next one. */
export function sharedView(text: string): DataView {
  room.write(text, 2, 'latin1')
  return new DataView(room.buffer, room.byteOffset)
}
