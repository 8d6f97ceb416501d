/** The options of `record`, checked. */
import { checkNames } from '../base/check-names'
import { invalidOption } from '../base/invalid-option'
import type { RotateOptions } from './rotation'

/** Options of `record`. */
export interface RecordOptions {
  /**
   * Goes on in another file when this one is large or old enough. The files have numbers then: `btc.jsonl.gz` becomes
   * `btc-000001.jsonl.gz`, `btc-000002.jsonl.gz` and so on, after those that are there. Default: one file.
   */
  readonly rotate?: RotateOptions
  /** How many characters may wait for a disk that is slower than the exchange; what exceeds them is lost, and told. Default 16,777,216. */
  readonly maxWaiting?: number
}

const defaultMaxWaiting = 16 * 1024 * 1024

export type ResolvedRecordOptions = Required<Pick<RecordOptions, 'maxWaiting'>> &
  Pick<RecordOptions, 'rotate'>

/** Throws `INVALID_OPTION`. */
export function resolveRecordOptions(file: unknown, options: RecordOptions): ResolvedRecordOptions {
  if (typeof file !== 'string' || file === '') throw invalidOption('file', file, 'the name of a file')
  checkNames(options, ['rotate', 'maxWaiting'])
  const { rotate, maxWaiting = defaultMaxWaiting } = options
  checkAbove('maxWaiting', maxWaiting)
  if (rotate === undefined) return { maxWaiting }
  checkNames(rotate, ['bytes', 'everyMs'], 'rotate')
  const { bytes, everyMs } = rotate
  if (bytes === undefined && everyMs === undefined) {
    throw invalidOption('rotate', rotate, '{ bytes }, { everyMs } or both')
  }
  if (bytes !== undefined) checkAbove('rotate.bytes', bytes)
  if (everyMs !== undefined) checkAbove('rotate.everyMs', everyMs)
  return { maxWaiting, rotate }
}

function checkAbove(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0)) throw invalidOption(option, value, 'a number above 0')
}
