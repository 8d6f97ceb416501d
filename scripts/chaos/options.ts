/** The command line of `npm run chaos`. */
import { parseArgs } from 'node:util'
import { faultKinds } from './fault-kinds'

export const parts = ['virtual', 'sockets', 'netns'] as const
/** Where a chaos happens: in virtual time, over sockets through the proxy, in network namespaces. */
export type Part = (typeof parts)[number]

export interface ChaosOptions {
  readonly help: boolean
  readonly seed: number
  readonly parts: readonly Part[]
  /** Of a part. */
  readonly faults: (part: Part) => number
  /** Of the wall, for the part over sockets. */
  readonly seconds: number
  /** How many times as fast as the wall's its clock is. */
  readonly speed: number
  /** The kinds of faults to draw from; all when empty. */
  readonly only: readonly string[]
  readonly json: string | undefined
  /** A line a part, unless a promise was broken. */
  readonly brief: boolean
}

const defaultFaults: Readonly<Record<Part, number>> = { virtual: 2000, sockets: 500, netns: 40 }
const defaultSeconds = 75
const defaultSpeed = 5
const seedEnd = 2 ** 31

export const chaosUsage = [
  'npm run chaos -- [--seed N] [--faults N] [--seconds N] [--only KIND]… [--part PART]… [--netns] [--json FILE] [--brief]',
  '',
  'A storm of faults on an application with many consumers, judged by what the exchange did: no trade twice, none',
  'withheld, every loss in a gap, accounts exact, limits as the server counts them, nothing left behind; and an account’s',
  'orders and balances as the exchange’s books have them. Exit code 1 when a promise was broken, with the first one and',
  'how to do it again.',
  '',
  '  --seed N     the same seed makes the same plan; default: another one each time, printed first',
  `  --faults N   of each part, and of an account two for each five of them; default ${Object.entries(
    defaultFaults,
  )
    .map(([part, count]) => `${count} (${part})`)
    .join(', ')}`,
  `  --seconds N  of the wall for the part over sockets, default ${defaultSeconds}`,
  `  --speed N    how many times as fast as the wall's its clock is, default ${defaultSpeed}`,
  '  --only KIND  one of those below; may be given again',
  `  --part PART  ${parts.join(', ')}; may be given again; default virtual and sockets`,
  '  --netns      network namespaces too, where this machine allows them',
  '  --json FILE  every figure too',
  '  --brief      a line a part, unless a promise was broken',
  '  --help       this',
  '',
  ...(['network', 'link', 'exchange', 'account', 'application'] as const).map((where) => {
    const names = faultKinds.filter((kind) => kind.where === where).map(({ name }) => name)
    return `  ${where}: ${names.join(', ')}`
  }),
].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseChaosOptions(args: readonly string[], freshSeed: number): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      seed: { type: 'string' },
      faults: { type: 'string' },
      seconds: { type: 'string', default: String(defaultSeconds) },
      speed: { type: 'string', default: String(defaultSpeed) },
      only: { type: 'string', multiple: true, default: [] },
      part: { type: 'string', multiple: true, default: [] },
      netns: { type: 'boolean', default: false },
      json: { type: 'string' },
      brief: { type: 'boolean', default: false },
    },
  })
  const { only, part } = values
  const unknown = only.filter((name) => !faultKinds.some((kind) => kind.name === name))
  if (unknown.length > 0) throw new Error(`no such kind of fault: ${unknown.join(', ')}`)
  const wrong = part.filter((name) => !(parts as readonly string[]).includes(name))
  if (wrong.length > 0) throw new Error(`--part is ${parts.join(', ')}, not '${wrong.join(', ')}'`)
  const chosen: readonly Part[] = part.length > 0 ? (part as Part[]) : ['virtual', 'sockets']
  const faults = values.faults === undefined ? undefined : number('--faults', values.faults, 1, 100_000)
  return {
    help: values.help,
    seed: values.seed === undefined ? freshSeed % seedEnd : number('--seed', values.seed, 0, seedEnd),
    parts: values.netns && !chosen.includes('netns') ? [...chosen, 'netns'] : chosen,
    faults: (name) => faults ?? defaultFaults[name],
    seconds: number('--seconds', values.seconds, 1, 3600),
    speed: number('--speed', values.speed, 1, 20),
    only,
    json: values.json,
    brief: values.brief,
  }
}

function number(name: string, text: string, from: number, to: number): number {
  const value = Number(text.replaceAll(/[,_]/g, ''))
  if (Number.isSafeInteger(value) && value >= from && value <= to && text.trim() !== '') return value
  throw new Error(`${name} is a whole number from ${from} to ${to}, not '${text}'`)
}
