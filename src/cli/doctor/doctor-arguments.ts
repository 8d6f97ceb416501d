/** What `upbit-rx doctor` is asked for, checked. */
import { doctorOptions } from '../option-table'
import { oneLine } from '../one-line'
import { readNumber } from '../read-number'
import { readOptions } from '../read-options'
import { UsageError } from '../usage-error'
import { readUrl } from '../watch-arguments'
import type { Region } from '../../index'

export interface DoctorArguments {
  readonly kind: 'doctor'
  readonly url?: string
  /** As it was given; the client's options check it. */
  readonly region?: Region
  /** How long a step may take. */
  readonly timeoutMs?: number
  readonly json: boolean
}

export function readDoctorArguments(args: readonly string[]): DoctorArguments {
  const { values, rest } = readOptions('doctor', doctorOptions, args)
  const { url, region, timeout, json } = values
  if (rest.length > 0) {
    throw new UsageError(
      `'${oneLine(rest.join(' '))}' is nothing that doctor takes; see upbit-rx doctor --help.`,
    )
  }
  if (url !== undefined && region !== undefined) {
    throw new UsageError('--url and --region both say which exchange; keep one of them.')
  }
  return {
    kind: 'doctor',
    ...(url === undefined ? {} : { url: readUrl(url) }),
    ...(region === undefined ? {} : { region: region as Region }),
    ...(timeout === undefined ? {} : { timeoutMs: readTimeout(timeout) * 1000 }),
    json: json !== undefined,
  }
}

function readTimeout(text: string): number {
  const allowed = 'a number of seconds from 0.1 to 600'
  return readNumber('timeout', text, { least: 0.1, most: 600, allowed, example: 5 })
}
