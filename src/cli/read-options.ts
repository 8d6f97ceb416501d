/**
 * Splits arguments into options and the rest by a table. `parseArgs` of Node finds the tokens; what is wrong is said here,
 * since its messages do not know what was meant.
 */
import { parseArgs } from 'node:util'
import { nearest } from '../base/nearest'
import type { CommandName, OptionTable } from './option-table'
import { commandNames, commandOptions, globalOptions } from './option-table'
import { UsageError } from './usage-error'

export interface ReadOptions<Table extends OptionTable> {
  /** What was given: the value, or `''` for an option without one. */
  readonly values: Partial<Readonly<Record<keyof Table & string, string>>>
  /** What is no option, in order. */
  readonly rest: readonly string[]
}

/** Throws `UsageError` for an option that is unknown, given twice, without its value or with one too many. */
export function readOptions<Table extends OptionTable>(
  command: CommandName,
  table: Table,
  args: readonly string[],
): ReadOptions<Table> {
  const all: OptionTable = { ...table, ...globalOptions }
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, { type: value === false ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values: Record<string, string> = {}
  const rest: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const placeholder = Object.hasOwn(all, name) && rawName.startsWith('--') ? all[name] : undefined
    if (placeholder === undefined) throw unknownOption(command, rawName, all)
    if (Object.hasOwn(values, name)) throw new UsageError(`${rawName} is given twice; give it once.`)
    if (placeholder === false && value !== undefined) {
      throw new UsageError(`${rawName} takes no value; write ${rawName} alone.`)
    }
    // The next option is no value of this one, unless it is joined to it by `=`; a number below zero is one.
    const isMissing = value === '' || (inlineValue === false && /^-(?![\d.])/.test(value))
    if (placeholder !== false && (value === undefined || isMissing)) {
      throw new UsageError(`${rawName} needs a value; write ${rawName} ${placeholder}.`)
    }
    values[name] = value ?? ''
  }
  return { values: values as ReadOptions<Table>['values'], rest }
}

function unknownOption(command: CommandName, rawName: string, table: OptionTable): UsageError {
  const name = rawName.replace(/^-+/, '')
  const owner = commandNames.find((other) => Object.hasOwn(commandOptions[other], name))
  if (owner !== undefined && owner !== command) {
    return new UsageError(`${rawName} is an option of \`upbit-rx ${owner}\`, not of \`upbit-rx ${command}\`.`)
  }
  const meant = Object.hasOwn(table, name) ? name : nearest(name, Object.keys(table))
  return new UsageError(
    meant === undefined
      ? `${rawName} is no option of \`upbit-rx ${command}\`; \`upbit-rx ${command} --help\` lists them.`
      : `${rawName} is no option of \`upbit-rx ${command}\`; did you mean --${meant}?`,
  )
}
