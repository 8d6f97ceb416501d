/** What `upbit-rx record` is asked for, checked. */
import type { MarketCode } from '../protocol/market-code'
import type { PublicType, WireFormat } from '../protocol/wire'
import type { RotateOptions } from '../record/rotation'
import { recordOptions } from './option-table'
import { readCodes, readTypes } from './read-codes'
import { readOptions } from './read-options'
import { UsageError } from './usage-error'
import type { SourceArguments } from './watch-arguments'
import { readFormat, readSeconds, readSource } from './watch-arguments'

export interface RecordArguments {
  readonly kind: 'record'
  /** Empty: the defaults. */
  readonly codes: readonly MarketCode[]
  /** Empty: the defaults. */
  readonly types: readonly PublicType[]
  readonly source: SourceArguments
  readonly out: string
  readonly format?: WireFormat
  readonly rotate?: RotateOptions
  readonly durationMs?: number
  readonly json: boolean
}

export function readRecordArguments(args: readonly string[]): RecordArguments {
  const { values, rest } = readOptions('record', recordOptions, args)
  const { out, types, format, rotate, duration } = values
  if (out === undefined) {
    throw new UsageError('Where to is missing; name a file, as in --out btc.jsonl.gz.')
  }
  return {
    kind: 'record',
    codes: readCodes(rest),
    types: types === undefined ? [] : readTypes(types),
    source: readSource(values),
    out,
    ...(format === undefined ? {} : { format: readFormat(format) }),
    ...(rotate === undefined ? {} : { rotate: readLimit(rotate) }),
    ...(duration === undefined ? {} : { durationMs: readSeconds(duration) * 1000 }),
    json: values.json !== undefined,
  }
}

const byteUnits: Readonly<Record<string, number>> = { kb: 1e3, mb: 1e6, gb: 1e9 }
const timeUnits: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3600e3, d: 24 * 3600e3 }

function readLimit(text: string): RotateOptions {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? []
  const value = Number(digits)
  const bytes = byteUnits[unit.toLowerCase()]
  const ms = timeUnits[unit.toLowerCase()]
  if (value > 0 && bytes !== undefined) return { bytes: value * bytes }
  if (value > 0 && ms !== undefined) return { everyMs: value * ms }
  throw new UsageError(
    `--rotate is '${text}'; give a size (kB, MB, GB) or a time (s, m, h, d), as in --rotate 100MB or --rotate 1h.`,
  )
}
