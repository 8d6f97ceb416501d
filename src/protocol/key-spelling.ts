/** Full names and SIMPLE keys of a field table, nested objects included: renames in either direction. */
import { ObjectArrayType } from './event-codec'
import type { Fields } from './field'

type Bag = Readonly<Record<string, unknown>>

/** Renames SIMPLE keys to full names. Keys that the table does not know stay, for the codec and drift to judge. */
export function expandKeys(fields: Fields, simple: Bag): Record<string, unknown> {
  const names = namesByKey(fields)
  const expanded: Record<string, unknown> = {}
  for (const key of Object.keys(simple)) {
    const name = names.get(key) ?? key
    expanded[name] = mapNested(fields[name]?.codec, simple[key], expandKeys)
  }
  return expanded
}

/** Renames full names to SIMPLE keys. */
export function abbreviateKeys(fields: Fields, full: Bag): Record<string, unknown> {
  const abbreviated: Record<string, unknown> = {}
  for (const name of Object.keys(full)) {
    const field = fields[name]
    abbreviated[field?.key ?? name] = mapNested(field?.codec, full[name], abbreviateKeys)
  }
  return abbreviated
}

function mapNested(codec: unknown, value: unknown, rename: typeof expandKeys): unknown {
  if (!(codec instanceof ObjectArrayType) || !Array.isArray(value)) return value
  const fields: Fields = codec.fields as Fields
  return value.map((item: unknown) => (isBag(item) ? rename(fields, item) : item))
}

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const namesByKeyOf = new WeakMap<Fields, ReadonlyMap<string, string>>()

function namesByKey(fields: Fields): ReadonlyMap<string, string> {
  const known = namesByKeyOf.get(fields)
  if (known !== undefined) return known
  const names = new Map(Object.entries(fields).map(([name, field]) => [field.key, name]))
  namesByKeyOf.set(fields, names)
  return names
}
