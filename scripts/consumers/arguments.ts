/** What `npm run consumers` was asked for. A name that nobody has is told with those that there are. */
import { parseArgs } from 'node:util'
import type { Consumer } from './known'

export const usage = `npm run consumers [-- NAME…] [--quick] [--list] [--build] [--keep]

Installs the packed package into small applications, one of each kind, and runs their checks.

  NAME…     only these, in this order; without a name all of them
  --quick   only those whose installation is small: what continuous integration runs
  --list    names them and ends
  --build   builds dist/ first, even where there is one
  --keep    leaves the temporary folder with applications, installations and logs, and says where
  --help    this text

Exit code: 0 when all are as they should be, 1 when one is not, 2 for wrong usage.`

export interface AskedRun {
  readonly kind: 'run'
  readonly consumers: readonly Consumer[]
  readonly build: boolean
  readonly keep: boolean
}

export type Asked =
  AskedRun | { readonly kind: 'help' | 'list' } | { readonly kind: 'wrong'; readonly message: string }

const options = {
  quick: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  build: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export function readArguments(argv: readonly string[], known: readonly Consumer[]): Asked {
  let parsed
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    return { kind: 'wrong', message: (error as Error).message }
  }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  if (values.list) return { kind: 'list' }
  const byName = new Map(known.map((consumer) => [consumer.name, consumer]))
  const unknown = positionals.filter((name) => !byName.has(name))
  if (unknown.length > 0) {
    const names = [...byName.keys()].join(', ')
    return { kind: 'wrong', message: `no such consumer: ${unknown.join(', ')}; there are ${names}` }
  }
  const named = positionals.length === 0 ? known : positionals.flatMap((name) => byName.get(name) ?? [])
  const consumers = values.quick ? named.filter(({ isQuick }) => isQuick) : named
  if (consumers.length === 0) return { kind: 'wrong', message: 'none of these is quick' }
  return { kind: 'run', consumers, build: values.build, keep: values.keep }
}
