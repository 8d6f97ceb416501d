/** Schema drift: what a valid frame has that the field table does not know, by name. Nothing of it is passed on. */
import { ObjectArrayType } from './event-codec'
import type { Fields } from './field'
import { OpenEnumType } from './field'
import { isBag } from './key-spelling'

const maxValueLength = 40

export function findDrift(
  prefix: string,
  fields: Fields,
  value: Readonly<Record<string, unknown>>,
  found: (name: string) => void,
): void {
  for (const key of Object.keys(value)) {
    const codec = fields[key]?.codec
    const item = value[key]
    if (codec === undefined) found(`${prefix}.${key.slice(0, maxValueLength)}`)
    else if (codec instanceof OpenEnumType) {
      const known: readonly unknown[] = codec.values as readonly unknown[]
      if (!known.includes(item)) found(`${prefix}.${key}=${String(item).slice(0, maxValueLength)}`)
    } else if (codec instanceof ObjectArrayType && Array.isArray(item)) {
      for (const inner of item)
        if (isBag(inner)) findDrift(`${prefix}.${key}`, codec.fields as Fields, inner, found)
    }
  }
}
