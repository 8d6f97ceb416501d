/** The command line of `npm run load`. */
import { parseArgs } from 'node:util'
import type { Scenario } from './scenarios'
import { fullSeconds } from './verdicts'

export interface LoadOptions {
  readonly help: boolean
  /** How long each scenario is measured. */
  readonly seconds: number
  /** The scenarios to run; all when empty. */
  readonly only: readonly string[]
  /** Where to write all figures as JSON. */
  readonly json: string | undefined
}

const longestSeconds = 3600

export const loadUsage = (scenarios: readonly Scenario[]): string =>
  [
    'npm run load -- [--seconds N] [--only SCENARIO]… [--json FILE]',
    '',
    'A server in a process of its own writes frames of 855 markets at a steady rate; a client takes them with the',
    'package as users get it. Exit code 1 when something was lost or miscounted, or a bar was missed at full length.',
    '',
    `  --seconds N      of measuring each, default ${fullSeconds}; with fewer the bars of time are a look`,
    '  --only SCENARIO  one of those below; may be given again',
    '  --json FILE      every figure too',
    '  --help           this',
    '',
    ...scenarios.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`),
  ].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseLoadOptions(args: readonly string[], scenarios: readonly Scenario[]): LoadOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      seconds: { type: 'string', default: String(fullSeconds) },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  })
  const names = scenarios.map(({ name }) => name)
  const unknown = values.only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}`)
  const seconds = Number(values.seconds)
  if (!(seconds >= 1 && seconds <= longestSeconds)) {
    throw new Error(`--seconds is from 1 to ${longestSeconds}, not '${values.seconds}'`)
  }
  return { help: values.help, seconds, only: values.only, json: values.json }
}
