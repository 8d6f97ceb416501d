import { longQuotient, powersOfTen } from '../../../src/protocol/fused/quotient'
import { seeded } from './numbers'

/** Arguments within the function's bounds, and the decimal that they stand for. */
interface Division {
  readonly high: number
  readonly lowDigits: number
  readonly low: number
  readonly scale: number
  readonly text: string
}

function division(digits: bigint, lowDigits: number, scale: number): Division {
  const shift = 10n ** BigInt(lowDigits)
  const [high, low] = [Number(digits / shift), Number(digits % shift)]
  return { high, lowDigits, low, scale, text: `${digits}e-${scale}` }
}

function random(count: number, seed: number): readonly Division[] {
  const next = seeded(seed)
  return Array.from({ length: count }, () => {
    const lowDigits = 1 + Math.floor(next() * 7)
    const high = 10 ** 14 + Math.floor(next() * 9 * 10 ** 14)
    const low = Math.floor(next() * 10 ** lowDigits)
    return division(BigInt(high) * 10n ** BigInt(lowDigits) + BigInt(low), lowDigits, Math.floor(next() * 23))
  })
}

/** Decimals of 16 to 22 digits that are the middle of two doubles, or as near to it as such a decimal gets. */
function nextToMiddles(count: number, seed: number): readonly Division[] {
  const next = seeded(seed)
  return Array.from({ length: count }, () => {
    const lowDigits = 1 + Math.floor(next() * 7)
    const scale = Math.floor(next() * 23)
    const near = Number(`${Math.floor((1 + next() * 9) * 10 ** 14)}e${lowDigits - scale}`)
    const nudge = BigInt(Math.floor(next() * 3) - 1)
    return division(middleAbove(near, scale) + nudge, lowDigits, scale)
  }).filter(({ high }) => high < 10 ** 15)
}

/** The middle of a double and the next one above it, times 10^scale, cut to a whole number. */
function middleAbove(value: number, scale: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const exponent = ((bits.getUint32(0) >>> 20) & 0x7ff) - 1075
  const mantissa = (bits.getBigUint64(0) & (2n ** 52n - 1n)) | (2n ** 52n)
  const scaled = (2n * mantissa + 1n) * 10n ** BigInt(scale)
  return exponent > 0 ? scaled * 2n ** BigInt(exponent - 1) : scaled / 2n ** BigInt(1 - exponent)
}

/** Where the quotient is another number than the decimal's nearest double, and how often it is none. */
function check(divisions: readonly Division[]): { wrong: unknown[]; unsure: number } {
  const wrong: unknown[] = []
  let unsure = 0
  for (const { high, lowDigits, low, scale, text } of divisions) {
    const value = longQuotient(high, lowDigits, low, scale)
    if (Number.isNaN(value)) unsure++
    else if (value !== Number(text)) wrong.push([text, value])
  }
  return { wrong, unsure }
}

describe('longQuotient', () => {
  it('is the nearest double of 200,000 decimals of 16 to 22 digits, or NaN in fewer than one of 200', () => {
    const { wrong, unsure } = check(random(200_000, 3))
    expect(wrong).toEqual([])
    expect(unsure).toBeLessThan(1000)
  }, 60_000)

  it('is never the wrong neighbour where the decimal lies next to the middle of two doubles', () => {
    const { wrong, unsure } = check(nextToMiddles(100_000, 4))
    expect(wrong).toEqual([])
    // The middle itself can only be too close to call: else these would be no hard ones.
    expect(unsure).toBeGreaterThan(1000)
  }, 60_000)

  it('is exact where the decimal is a double', () => {
    const { wrong, unsure } = check(
      [2n ** 53n, 2n ** 54n, 2n ** 60n, 2n ** 70n, 10n ** 17n, 10n ** 21n, 5n ** 23n * 10n].map((digits) =>
        division(digits, Math.max(0, String(digits).length - 15), 0),
      ),
    )
    expect([wrong, unsure]).toEqual([[], 0])
  })

  it('goes to the ends of its bounds', () => {
    const ends = [0, 22].flatMap((scale) =>
      [1, 7].flatMap((lowDigits) => [
        division(10n ** BigInt(14 + lowDigits), lowDigits, scale),
        division(10n ** BigInt(15 + lowDigits) - 1n, lowDigits, scale),
      ]),
    )
    expect(check(ends).wrong).toEqual([])
  })
})

describe('powersOfTen', () => {
  it('are exact, every one from 1 to 10^22', () => {
    expect(Array.from(powersOfTen, BigInt)).toEqual(
      Array.from({ length: 23 }, (_, exponent) => 10n ** BigInt(exponent)),
    )
  })
})
