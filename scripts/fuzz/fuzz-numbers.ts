/**
 * Sameness of numbers: what a candidate makes of the bytes of a number must be what `JSON.parse` makes of its text, to
 * the bit, and what `JSON.parse` refuses must not be taken.
 */
import type { NumberCandidate } from './candidates'
import { numberSpelling } from './number-spellings'
import { Random } from './random'

export interface NumberFailure {
  readonly candidate: string
  readonly id: string
  readonly text: string
  readonly why: string
}

export interface NumberReport {
  cases: number
  /** Those that JSON.parse takes. */
  valid: number
  readonly recognised: Record<string, number>
  readonly failures: NumberFailure[]
}

export interface NumberFuzz {
  readonly seed: number
  readonly runs: number
  readonly candidates: readonly NumberCandidate[]
}

const mostFailures = 3

export function fuzzNumbers({ seed, runs, candidates }: NumberFuzz): NumberReport {
  const report = newNumberReport()
  const random = new Random()
  for (let index = 0; index < runs && report.failures.length < mostFailures; index++) {
    judgeNumber(`number:${index}`, numberText(seed, index, random), candidates, report)
  }
  return report
}

export function newNumberReport(): NumberReport {
  return { cases: 0, valid: 0, recognised: {}, failures: [] }
}

/** The spelling that is case `index`. */
export function numberText(seed: number, index: number, random = new Random()): string {
  random.begin(seed, 'number', index)
  return numberSpelling(random)
}

/** Compares all candidates with `JSON.parse` and tells `report`. */
export function judgeNumber(
  id: string,
  text: string,
  candidates: readonly NumberCandidate[],
  report: NumberReport,
): void {
  const truth = parsed(text)
  report.cases++
  if (truth !== undefined) report.valid++
  const bytes = Buffer.from(text, 'utf8')
  for (const candidate of candidates) {
    const { name } = candidate
    const fail = (why: string): void => void report.failures.push({ candidate: name, id, text, why })
    let value: number | undefined
    try {
      value = candidate.read(bytes)
    } catch (error) {
      fail(`it threw ${String(error)}`)
      continue
    }
    if (value === undefined) continue
    if (truth === undefined) fail(`it is ${bitsOf(value)}, and JSON.parse refuses it`)
    else if (bitsOf(value) !== bitsOf(truth)) fail(`it is ${bitsOf(value)}, JSON.parse has ${bitsOf(truth)}`)
    else report.recognised[name] = (report.recognised[name] ?? 0) + 1
  }
}

function parsed(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'number' ? value : undefined
  } catch {
    return undefined
  }
}

const view = new DataView(new ArrayBuffer(8))

/** A number with the bits that it consists of: `-0 (8000000000000000)`. */
function bitsOf(value: number): string {
  view.setFloat64(0, value)
  return `${Object.is(value, -0) ? '-0' : value} (${view.getBigUint64(0).toString(16).padStart(16, '0')})`
}
