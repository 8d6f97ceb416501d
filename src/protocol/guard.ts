/**
 * The fast check, compiled from the same field table as the codec: one closure a field, no path, no lossless parse.
 * It decides nothing of its own: what it accepts, lossless parse and codec accept with an equal value (a property of
 * the specs); whatever it does not recognise goes the slow way (`slow-reader.ts`). No code is generated, so it runs
 * under a strict content security policy.
 */
import type * as t from 'io-ts'
import type { Bag } from './bag'
import { ObjectArrayType } from './event-codec'
import type { Fields } from './field'
import { ExactType, OpenEnumType } from './field'

export type KeySpelling = 'full' | 'simple'

type Check = (value: unknown) => boolean

export interface Guard {
  /** Whether `parsed` has every required field, each of its type, and no field that the table does not know. */
  accepts(parsed: Bag): boolean
  /** A new object under the full names; only for what `accepts` accepted. */
  rename(parsed: Bag): Record<string, unknown>
  /** Name and wire key of the fields whose digits `JSON.parse` may have rounded. */
  readonly exactFields: readonly { readonly name: string; readonly key: string }[]
}

interface CompiledField {
  readonly name: string
  /** As the wire spells it in this format. */
  readonly key: string
  readonly check: Check
  readonly required: boolean
  /** The guard of the elements, where the field is a list of objects. */
  readonly elements: Guard | undefined
}

export function compileGuard(fields: Fields, spelling: KeySpelling): Guard {
  const compiled = Object.entries(fields).map(([name, { key, codec, optional }]): CompiledField => {
    const elements =
      codec instanceof ObjectArrayType ? compileGuard(codec.fields as Fields, spelling) : undefined
    // One shape for all, so that the loop below stays monomorphic.
    return {
      name,
      key: spelling === 'full' ? name : key,
      check: elements === undefined ? compileCheck(codec) : listCheck(elements),
      required: !optional,
      elements,
    }
  })
  const positions = new Map(compiled.map(({ key }, position) => [key, position]))
  const requiredCount = compiled.filter(({ required }) => required).length

  return {
    accepts(parsed) {
      let expected = 0
      let required = 0
      // The loop's own key is a faster way to a value than thirty names asked for one by one, and the next key of the
      // table is nearly always the next of the wire.
      for (const key in parsed) {
        let field = compiled[expected]
        if (field?.key !== key) {
          const position = positions.get(key)
          if (position === undefined) return false
          expected = position
          field = compiled[position]
        }
        if (field === undefined || !field.check(parsed[key])) return false
        if (field.required) required++
        expected++
      }
      return required === requiredCount
    },
    rename(parsed) {
      const renamed: Record<string, unknown> = {}
      for (const { name, key, elements } of compiled) {
        const value = parsed[key]
        if (value === undefined) continue
        renamed[name] =
          elements === undefined ? value : (value as readonly Bag[]).map((item) => elements.rename(item))
      }
      return renamed
    },
    exactFields: compiled.filter(({ name }) => fields[name]?.codec instanceof ExactType),
  }
}

function compileCheck(codec: t.Mixed): Check {
  // Its digits are taken from the text; here it only has to be a number.
  if (codec instanceof ExactType) return (value) => typeof value === 'number'
  // An unknown value is valid and must be counted as drift: the slow way does both.
  if (codec instanceof OpenEnumType) {
    const values: readonly unknown[] = codec.values as readonly unknown[]
    return (value) => values.includes(value)
  }
  return codec.is
}

function listCheck(elements: Guard): Check {
  // Their digits are not cut from the text, so such a list is the slow way's.
  if (elements.exactFields.length > 0) return () => false
  return (value) => {
    if (!Array.isArray(value)) return false
    for (const item of value as unknown[]) {
      // Cheaper than `isBag` in the hottest loop; a list has no key of the table, so the guard refuses it.
      if (typeof item !== 'object' || item === null || !elements.accepts(item as Bag)) return false
    }
    return true
  }
}
