/**
 * Full names and SIMPLE keys of a field table, nested objects included: renames in either direction. Keys that the
 * table does not know stay as they are, for the codec and drift to judge.
 */
import type { Bag } from './bag'
import { isBag } from './bag'
import { ObjectArrayType, ObjectType } from './event-codec'
import type { Fields } from './field'

/** Renames SIMPLE keys to full names. */
export function expandKeys(fields: Fields, simple: Bag): Bag {
  const names = namesByKey(fields)
  return mapEntries(simple, (key, value) => {
    const name = names.get(key) ?? key
    return [name, mapNested(fields[name]?.codec, value, expandKeys)]
  })
}

/** Renames full names to SIMPLE keys. */
export function abbreviateKeys(fields: Fields, full: Bag): Bag {
  return mapEntries(full, (name, value) => {
    const field = fields[name]
    return [field?.key ?? name, mapNested(field?.codec, value, abbreviateKeys)]
  })
}

/** `fromEntries` defines properties where an assignment would call the setter of `__proto__`. */
function mapEntries(bag: Bag, entry: (key: string, value: unknown) => [string, unknown]): Bag {
  return Object.fromEntries(Object.entries(bag).map(([key, value]) => entry(key, value)))
}

function mapNested(codec: unknown, value: unknown, rename: typeof expandKeys): unknown {
  if (codec instanceof ObjectType) return isBag(value) ? rename(codec.fields as Fields, value) : value
  if (!(codec instanceof ObjectArrayType) || !Array.isArray(value)) return value
  const fields: Fields = codec.fields as Fields
  return value.map((item: unknown) => (isBag(item) ? rename(fields, item) : item))
}

const namesByKeyOf = new WeakMap<Fields, ReadonlyMap<string, string>>()

function namesByKey(fields: Fields): ReadonlyMap<string, string> {
  const known = namesByKeyOf.get(fields)
  if (known !== undefined) return known
  const names = new Map(Object.entries(fields).map(([name, field]) => [field.key, name]))
  namesByKeyOf.set(fields, names)
  return names
}
