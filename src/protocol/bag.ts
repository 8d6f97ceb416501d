/** A parsed JSON object: keys to values, nothing known of either. */
import { NumberText } from './number-text'

export type Bag = Readonly<Record<string, unknown>>

/** Whether `value` is what JSON calls an object: neither a list nor a number that kept its digits. */
export function isBag(value: unknown): value is Bag {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText)
  )
}
