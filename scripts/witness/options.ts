/** The command line of `npm run witness`. */
import { parseArgs } from 'node:util'

export interface WitnessOptions {
  readonly help: boolean
}

export const witnessUsage = [
  'npm run witness -- [--help]',
  '',
  'ccxt pro, made for the real exchange, watches the orders, the fills and the balances of an account of the embedded',
  'exchange, while each kind of order is placed and ends in each of its ways. ccxt is installed under bench/ first. Exit',
  'code 1 when it tells anything otherwise than the books of the exchange, or cannot be run.',
  '',
  '  --help  this',
].join('\n')

/** Throws an `Error` that says what is wrong. */
export function parseWitnessOptions(args: readonly string[]): WitnessOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', default: false } },
  })
  return { help: values.help }
}
