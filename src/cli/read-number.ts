/** Numbers given on the command line. */
import { UsageError } from './usage-error'

export interface NumberRange {
  readonly least: number
  readonly most: number
  readonly whole?: boolean
  /** What is allowed, in words: `a number of seconds above 0`. */
  readonly allowed: string
  readonly example: number
}

/** The number that `text` is; throws `UsageError` when it is none or out of range. */
export function readNumber(option: string, text: string, range: NumberRange): number {
  const { least, most, whole = false, allowed, example } = range
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value
  throw new UsageError(`--${option} is '${text}'; give ${allowed}, as in --${option} ${example}.`)
}
