/**
 * The fast check, compiled from the same field table as the codec: one closure a field, no path, no lossless parse.
 * It decides nothing of its own: what it accepts, lossless parse and codec accept with an equal value (a property of
 * the specs); whatever it does not recognise goes the slow way (`decode.ts`). No code is generated, so it runs under
 * a strict content security policy.
 */
import type * as t from 'io-ts'
import { ObjectArrayType } from './event-codec'
import type { Fields } from './field'
import { ExactType, OpenEnumType } from './field'

export type KeySpelling = 'full' | 'simple'

type Bag = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean

export interface Guard {
  /** Whether `parsed` has every required field, each of its type, and no field that the table does not know. */
  accepts(parsed: Bag): boolean
  /** A new object under the full names; only for what `accepts` accepted. */
  rename(parsed: Bag): Record<string, unknown>
  /** Name and wire key of the fields whose digits `JSON.parse` may have rounded. */
  readonly exactFields: readonly { readonly name: string; readonly key: string }[]
}

export function compileGuard(fields: Fields, spelling: KeySpelling): Guard {
  const names = Object.keys(fields)
  const keys = names.map((name) => (spelling === 'full' ? name : (fields[name]?.key ?? name)))
  const codecs = names.map((name) => fields[name]?.codec)
  const checks = codecs.map((codec) => compileCheck(codec, spelling))
  const optional = names.map((name) => fields[name]?.optional === true)
  const nested = codecs.map((codec) =>
    codec instanceof ObjectArrayType ? compileGuard(codec.fields as Fields, spelling) : undefined,
  )
  const count = names.length

  return {
    accepts(parsed) {
      let present = 0
      for (let i = 0; i < count; i++) {
        const value = parsed[keys[i] as string]
        if (value === undefined) {
          if (optional[i] === true) continue
          return false
        }
        if (!(checks[i] as Check)(value)) return false
        present++
      }
      let own = 0
      // A parsed object has no inherited enumerable keys; for-in beats Object.keys by not making the list.
      for (const _key in parsed) own++
      return own === present
    },
    rename(parsed) {
      const renamed: Record<string, unknown> = {}
      for (let i = 0; i < count; i++) {
        const value = parsed[keys[i] as string]
        if (value === undefined) continue
        const inner = nested[i]
        renamed[names[i] as string] =
          inner === undefined ? value : (value as readonly Bag[]).map((item) => inner.rename(item))
      }
      return renamed
    },
    exactFields: names.flatMap((name, i) =>
      codecs[i] instanceof ExactType ? [{ name, key: keys[i] as string }] : [],
    ),
  }
}

function compileCheck(codec: t.Mixed | undefined, spelling: KeySpelling): Check {
  if (codec === undefined) return () => false
  // Its digits are taken from the text; here it only has to be a number.
  if (codec instanceof ExactType) return (value) => typeof value === 'number'
  // An unknown value is valid and must be counted as drift: the slow way does both.
  if (codec instanceof OpenEnumType) {
    const values: readonly unknown[] = codec.values as readonly unknown[]
    return (value) => values.includes(value)
  }
  if (codec instanceof ObjectArrayType) {
    const guard = compileGuard(codec.fields as Fields, spelling)
    return (value) => {
      if (!Array.isArray(value)) return false
      for (const item of value) {
        if (typeof item !== 'object' || item === null || !guard.accepts(item as Bag)) return false
      }
      return true
    }
  }
  return codec.is
}
