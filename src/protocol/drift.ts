/** Schema drift: what a valid frame has that the field table does not know, by name. Nothing of it is passed on. */
import type { Bag } from './bag'
import { isBag } from './bag'
import { isAbsent, ObjectArrayType, ObjectType } from './event-codec'
import type { Fields } from './field'
import { OpenEnumType, OrNullType } from './field'
import { memberPath } from './path'

const maxValueLength = 40

/** More new names in one event are no new version of the exchange but rubbish, and must not fill the counters. */
const maxNames = 20

/**
 * The names of what is new in `value`, each once: a field (`ticker.new_field`), a value of an enumeration
 * (`ticker.market_state=HALTED`), or the `null` of an optional field (`trade.best_ask_price=null`).
 */
export function findDrift(prefix: string, fields: Fields, value: Bag): ReadonlySet<string> {
  const names = new Set<string>()
  collect(prefix, fields, value, names)
  return names
}

function collect(prefix: string, fields: Fields, value: Bag, names: Set<string>): void {
  for (const key of Object.keys(value)) {
    if (names.size >= maxNames) return
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    const item = value[key]
    const codec = field?.codec instanceof OrNullType ? field.codec.inner : field?.codec
    if (field === undefined) names.add(memberPath(prefix, key))
    else if (isAbsent(field, item)) names.add(`${memberPath(prefix, key)}=null`)
    else if (codec instanceof OpenEnumType) {
      const known: readonly unknown[] = codec.values as readonly unknown[]
      // Asked of frames too that nobody has checked: as text, a list of lists ends the stack.
      if (typeof item === 'string' && !known.includes(item)) {
        names.add(`${memberPath(prefix, key)}=${item.slice(0, maxValueLength)}`)
      }
    } else if (codec instanceof ObjectType && isBag(item)) {
      collect(memberPath(prefix, key), codec.fields as Fields, item, names)
    } else if (codec instanceof ObjectArrayType && Array.isArray(item)) {
      const path = memberPath(prefix, key)
      for (const inner of item) if (isBag(inner)) collect(path, codec.fields as Fields, inner, names)
    }
  }
}
