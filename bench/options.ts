/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util'

export interface Options {
  /** Fewer rounds and messages: a look, no figure to quote. */
  readonly quick: boolean
  readonly rounds: number
  /** The rows to measure; all when empty. */
  readonly only: readonly string[]
  /** Where to write every single value as JSON. */
  readonly json: string | undefined
}

const fullRounds = 9
const quickRounds = 3

export const usage = (rows: readonly string[]): string =>
  [
    'npm run bench -- [--quick] [--only ROW]… [--json FILE]',
    '',
    `  --quick       ${quickRounds} rounds instead of ${fullRounds}, fewer messages: a look, no figure to quote`,
    `  --only ROW    one of: ${rows.join(', ')}; may be given again`,
    '  --json FILE   every single value too',
  ].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseOptions(args: readonly string[], rows: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  })
  const unknown = values.only.filter((name) => !rows.includes(name))
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`)
  return {
    quick: values.quick,
    rounds: values.quick ? quickRounds : fullRounds,
    only: values.only,
    json: values.json,
  }
}
