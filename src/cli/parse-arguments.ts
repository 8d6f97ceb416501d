/** Arguments to a command: which of them is meant, and its own arguments checked. Pure; wrong usage throws. */
import type { DoctorArguments } from './doctor/doctor-arguments'
import { readDoctorArguments } from './doctor/doctor-arguments'
import { isMarketCode, proposeMarketCode } from '../protocol/market-code'
import { nearest } from '../base/nearest'
import type { CommandName } from './option-table'
import { commandNames } from './option-table'
import type { RecordArguments } from './record-arguments'
import { readRecordArguments } from './record-arguments'
import type { SimulateArguments } from './simulate-arguments'
import { readSimulateArguments } from './simulate-arguments'
import { shownUrl } from '../base/shown-url'
import { UsageError } from './usage-error'
import type { WatchArguments } from './watch-arguments'
import { readWatchArguments } from './watch-arguments'

export type Command =
  | WatchArguments
  | RecordArguments
  | SimulateArguments
  | DoctorArguments
  | { readonly kind: 'help'; readonly topic?: CommandName }
  | { readonly kind: 'version' }

const readers = {
  watch: readWatchArguments,
  record: readRecordArguments,
  simulate: readSimulateArguments,
  doctor: readDoctorArguments,
} as const satisfies Record<CommandName, (args: readonly string[]) => Command>

/** `watch, record, simulate and doctor` */
function inWords(last: 'and' | 'or'): string {
  return `${commandNames.slice(0, -1).join(', ')} ${last} ${commandNames.at(-1)}`
}

/** Throws `UsageError`. */
export function parseArguments(argv: readonly string[]): Command {
  const [first, ...args] = argv
  if (first === undefined) {
    throw new UsageError(`A command is missing: ${inWords('or')}; \`upbit-rx --help\` explains them.`)
  }
  if (first === 'help') {
    const [topic] = args
    return topic === undefined ? { kind: 'help' } : { kind: 'help', topic: commandMeant(topic) }
  }
  if (first === '--help' || first === '-h') return { kind: 'help' }
  if (first === '--version' || first === '-v') return { kind: 'version' }
  if (first.startsWith('-')) {
    throw new UsageError(
      `A command comes first: did you mean \`upbit-rx watch ${argv.map(shownUrl).join(' ')}\`?`,
    )
  }
  const topic = commandMeant(first)
  const own = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length)
  if (own.includes('--help') || own.includes('-h')) return { kind: 'help', topic }
  if (own.includes('--version')) return { kind: 'version' }
  return readers[topic](args)
}

function commandMeant(name: string): CommandName {
  const found = commandNames.find((known) => known === name)
  if (found !== undefined) return found
  const code = isMarketCode(name) ? name : proposeMarketCode(name)
  const meant = nearest(name, commandNames) ?? (code === undefined ? undefined : `watch ${code}`)
  throw new UsageError(
    meant === undefined
      ? `'${shownUrl(name)}' is no command; there are ${inWords('and')}, and \`upbit-rx --help\` explains them.`
      : `'${name}' is no command; did you mean \`upbit-rx ${meant}\`?`,
  )
}
