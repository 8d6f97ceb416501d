/** The fuzz of numbers: `Number` passes where JSON's grammar guards it, and readers with a planted fault do not. */
import type { NumberCandidate } from '../../../scripts/fuzz/candidates'
import { numberCandidates } from '../../../scripts/fuzz/candidates'
import type { NumberReport } from '../../../scripts/fuzz/fuzz-numbers'
import { fuzzNumbers, numberText } from '../../../scripts/fuzz/fuzz-numbers'
import { numberFailureLines, numberLines } from '../../../scripts/fuzz/fuzz-report'

const seed = 7
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

function fuzzed(read: (text: string) => number | undefined, runs = 20_000): NumberReport {
  const candidate: NumberCandidate = {
    name: 'planted',
    read: (bytes) => read(Buffer.from(bytes).toString()),
  }
  return fuzzNumbers({ seed, runs, candidates: [candidate] })
}

const valid = (text: string): boolean => jsonNumber.test(text)

describe('the fuzz of numbers', () => {
  it('finds no difference between Number and JSON.parse, where the grammar is JSON’s', () => {
    const report = fuzzNumbers({ seed, runs: 20_000, candidates: numberCandidates })
    expect(report.failures).toEqual([])
    expect(report.cases).toBe(20_000)
    expect(report.valid).toBeGreaterThan(15_000)
    expect(report.valid).toBeLessThan(19_000)
    expect(report.recognised['Number']).toBeGreaterThan(0.98 * report.valid)
    expect(numberLines(report, ['Number']).join('\n')).toContain('Number recognised 99.')
  })

  it('has every shape among its spellings', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => numberText(seed, index))
    const share = (test: (text: string) => boolean): number => texts.filter(test).length
    expect(share((text) => /^-?\d+$/.test(text))).toBeGreaterThan(1000)
    expect(share((text) => /\.\d*0$/.test(text))).toBeGreaterThan(500)
    expect(share((text) => valid(text) && /[eE]/.test(text))).toBeGreaterThan(2000)
    expect(share((text) => text.replace(/[eE].*/, '').replace(/\D/g, '').length >= 25)).toBeGreaterThan(1000)
    expect(share((text) => valid(text) && Object.is(Number(text), -0))).toBeGreaterThan(20)
    expect(
      share((text) => valid(text) && Number(text) !== 0 && Math.abs(Number(text)) < 2 ** -1022),
    ).toBeGreaterThan(200)
    expect(share((text) => valid(text) && !Number.isFinite(Number(text)))).toBeGreaterThan(50)
    expect(share((text) => !valid(text))).toBeGreaterThan(1000)
  })

  it.each<[string, (text: string) => number | undefined]>([
    ['takes what JSON refuses', (text) => Number(text)],
    ['takes a leading zero', (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined)],
    [
      'takes a point without digits',
      (text) => (/^-?(0|[1-9]\d*)\.?\d*$/.test(text) ? Number(text) : undefined),
    ],
    ['loses the sign of zero', (text) => (valid(text) ? Number(text) + 0 : undefined)],
    ['rounds to 15 digits', (text) => (valid(text) ? Number(Number(text).toPrecision(15)) : undefined)],
    ['rounds to 16 digits', (text) => (valid(text) ? Number(Number(text).toPrecision(16)) : undefined)],
    ['looks at 17 digits alone', firstDigits(17)],
    ['looks at 20 digits alone', firstDigits(20)],
    ['scales by a power of ten that is rounded', scaled],
    ['throws at an exponent', (text) => (/e/.test(text) ? fail() : undefined)],
  ])('finds a reader that %s', (_, read) => {
    const { failures } = fuzzed(read)
    expect(failures).not.toEqual([])
    const [failure] = failures
    const [, index] = failure!.id.split(':')
    expect(numberText(seed, Number(index))).toBe(failure!.text)
    expect(numberFailureLines(seed, failure!).join('\n')).toContain(`--seed 7 --case ${failure!.id}`)
  })
})

/** The first digits, and zeros for the rest: right but for numbers near the middle of two doubles. */
function firstDigits(count: number): (text: string) => number | undefined {
  return (text) => {
    if (!valid(text)) return undefined
    let seen = 0
    const [mantissa = '', exponent = '0'] = text.split(/[eE]/)
    const kept = mantissa.replace(/\d/g, (digit) => {
      if (digit !== '0' || seen > 0) seen++
      return seen > count ? '0' : digit
    })
    return Number(`${kept}e${exponent}`)
  }
}

/** The way of readers that are fast and nearly right: digits as a whole number, divided or multiplied once. */
function scaled(text: string): number | undefined {
  const parts = jsonNumber.exec(text)
  if (parts === null) return undefined
  const [, fraction = '', exponent = '0'] = parts
  const power = Number(exponent) - fraction.length
  const digits = Number(text.replace(/[eE].*/, '').replace('.', ''))
  return power < 0 ? digits / 10 ** -power : digits * 10 ** power
}

function fail(): never {
  throw new RangeError('out of bounds')
}
