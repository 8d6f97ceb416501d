/** The command line of `npm run fuzz`. */
import { parseArgs } from 'node:util'

export interface FuzzOptions {
  readonly help: boolean
  readonly runs: number
  readonly numbers: number
  readonly seed: number
  /** One case to repeat, as a failure names it. */
  readonly only: { readonly kind: string; readonly index: number } | undefined
}

const defaultRuns = 1_000_000
/** Of numbers so many for each mutated frame. */
const numbersPerRun = 0.4
const seedEnd = 2 ** 31

export const usage = [
  'npm run fuzz -- [--runs N] [--seed N] [--case ID]',
  '',
  'Proof of sameness: what a fast reader takes, the slow way reads with equal values, on the frames of the embedded',
  'exchange in all four formats, on recordings where there are some, and on mutations of both.',
  '',
  `  --runs N   mutated frames, default ${defaultRuns.toLocaleString('en-US')}; and ${numbersPerRun} times as many numbers`,
  '  --seed N   the same seed makes the same cases; default: another one each time, printed first',
  '  --case ID  one case again, with the seed that its failure names: plain:12, frame:345, number:678',
  '  --help     this',
].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseFuzzOptions(args: readonly string[], freshSeed: number): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      runs: { type: 'string' },
      seed: { type: 'string' },
      case: { type: 'string' },
    },
  })
  const runs = values.runs === undefined ? defaultRuns : whole('--runs', values.runs)
  return {
    help: values.help,
    runs,
    numbers: Math.ceil(runs * numbersPerRun),
    seed: values.seed === undefined ? freshSeed % seedEnd : whole('--seed', values.seed),
    only: values.case === undefined ? undefined : caseOf(values.case),
  }
}

function whole(name: string, text: string): number {
  const value = Number(text.replaceAll(/[,_]/g, ''))
  if (Number.isSafeInteger(value) && value >= 0 && text.trim() !== '') return value
  throw new Error(`${name} is a whole number from 0, not '${text}'`)
}

function caseOf(id: string): { readonly kind: string; readonly index: number } {
  const [, kind, index] = /^(plain|frame|number):(\d+)$/.exec(id) ?? []
  if (kind === undefined) throw new Error(`--case is plain:N, frame:N or number:N, not '${id}'`)
  return { kind, index: Number(index) }
}
