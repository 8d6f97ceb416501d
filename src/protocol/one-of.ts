/** The check of a word or a number against the ones that the exchange knows, with the one that was probably meant. */
import { invalidOption } from '../base/invalid-option'
import { nearest } from '../base/nearest'

type Known = string | number

/**
 * Gives `value` if it is one of `allowed`; throws `INVALID_OPTION` otherwise. `others` are names that people have for the
 * allowed ones; `beside` says what the choice depends on.
 */
export function oneOf<Value extends Known>(
  path: string,
  value: unknown,
  allowed: readonly Value[],
  {
    others = {},
    beside = '',
  }: { readonly others?: Readonly<Record<string, Value>>; readonly beside?: string } = {},
): Value {
  const found = allowed.find((known) => known === value)
  if (found !== undefined) return found
  const meant =
    typeof value === 'string' && Object.hasOwn(others, value) ? others[value] : closest(value, allowed)
  throw invalidOption(
    path,
    value,
    allowed.map(shown).join(', ') + beside,
    undefined,
    meant === undefined ? `Write one of these.` : `Did you mean ${shown(meant)}?`,
  )
}

function closest<Value extends Known>(value: unknown, allowed: readonly Value[]): Value | undefined {
  const words = allowed.filter((known): known is Value & string => typeof known === 'string')
  if (typeof value === 'string' && words.length > 0) {
    return nearest(value, words) ?? words.find((word) => value !== '' && word.startsWith(value.toLowerCase()))
  }
  // A number in quotes is refused by the exchange too, so it is told from the number that it stands for.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined
  const distance = (known: Known): number => Math.abs(Number(known) - number)
  const numbers = allowed.filter((known) => typeof known === 'number')
  return numbers.reduce<Value | undefined>(
    (best, known) => (best === undefined || distance(known) < distance(best) ? known : best),
    undefined,
  )
}

function shown(value: Known): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
