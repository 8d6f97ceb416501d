/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util'

export interface Options {
  readonly help: boolean
  /** Fewer rounds and messages: a look, no figure to quote, and the guard against regressions. */
  readonly quick: boolean
  readonly rounds: number
  /** Whether the packages of others are installed and measured too. */
  readonly peers: boolean
  /** Puts the guarded figures on record instead of comparing them. */
  readonly record: boolean
  /** The rows to measure; all when empty. */
  readonly only: readonly string[]
  /** Where to write every single value as JSON. */
  readonly json: string | undefined
}

const fullRounds = 9
const quickRounds = 3

export const usage = (rows: readonly string[]): string =>
  [
    'npm run bench -- [--quick [--peers] [--record]] [--only ROW]… [--json FILE]',
    '',
    `  --quick       ${quickRounds} rounds instead of ${fullRounds}, fewer messages, no peers: a look, no figure to quote;`,
    '                compares with bench/recorded.json, exit code 1 when a figure is worse',
    '  --peers       with --quick: the peers too, which are installed for it',
    '  --record      with --quick: writes bench/recorded.json instead, after nine rounds of what it holds',
    `  --only ROW    one of: ${rows.join(', ')}; may be given again`,
    '  --json FILE   every single value too',
    '  --help        this',
  ].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseOptions(args: readonly string[], rows: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  })
  const { help, quick, peers, record, only, json } = values
  const unknown = only.filter((name) => !rows.includes(name))
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`)
  if (record && !quick) throw new Error('--record is for --quick, whose figures are compared')
  return { help, quick, rounds: quick ? quickRounds : fullRounds, peers: peers || !quick, record, only, json }
}
