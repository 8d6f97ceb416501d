/** The command line of `npm run storm`. */
import { parseArgs } from 'node:util'

export interface StormOptions {
  readonly help: boolean
  /** How long each trial lasts, from the first dial. */
  readonly seconds: number
  /** The clients to try; all when empty. */
  readonly only: readonly string[]
  /** Whether the packages of others are installed and tried too. */
  readonly peers: boolean
  /** Where to write every dial as JSON. */
  readonly json: string | undefined
}

const fullSeconds = 10
const longestSeconds = 120

export const stormUsage = (clients: readonly string[]): string =>
  [
    'npm run storm -- [--ours] [--only CLIENT]… [--seconds N] [--json FILE]',
    '',
    'How often clients dial a server that accepts and closes, answers 429, or answers 401: counted by the server on',
    'loopback, each client in a process of its own. Exit code 1 when upbit-rx misses a bar.',
    '',
    '  --ours         upbit-rx alone: nothing is installed',
    `  --only CLIENT  one of: ${clients.join(', ')}; may be given again`,
    `  --seconds N    of each trial, from 1 to ${longestSeconds}, default ${fullSeconds}`,
    '  --json FILE    the time of every dial too',
    '  --help         this',
  ].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseStormOptions(args: readonly string[], clients: readonly string[]): StormOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      ours: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      seconds: { type: 'string', default: String(fullSeconds) },
      json: { type: 'string' },
    },
  })
  const unknown = values.only.filter((name) => !clients.includes(name))
  if (unknown.length > 0) throw new Error(`no such client: ${unknown.join(', ')}`)
  const seconds = Number(values.seconds)
  if (!(seconds >= 1 && seconds <= longestSeconds)) {
    throw new Error(`--seconds is from 1 to ${longestSeconds}, not '${values.seconds}'`)
  }
  return { help: values.help, seconds, only: values.only, peers: !values.ours, json: values.json }
}
