/**
 * The vocabulary of an answer's definition: as that of a frame (`protocol/field.ts`), without the short keys, which REST
 * does not have, and with the decimal text in which the exchange tells amounts of an account.
 */
import * as t from 'io-ts'
import { canonicalDecimal } from '../../protocol/decimal'
import type { Field } from '../../protocol/field'
import * as field from '../../protocol/field'
import { flatText } from '../../protocol/flat-text'
import { NumberText } from '../../protocol/number-text'

/** A field that is in every row. */
export function required<C extends t.Mixed>(codec: C): Field<C, false> {
  return field.required('', codec)
}

/** A field that some rows lack; `null` counts as its absence. */
export function optional<C extends t.Mixed>(codec: C): Field<C, true> {
  return field.optional('', codec)
}

/** A number as text, given in whatever spelling, as one canonical decimal string (C3.2). */
export const exactText = new t.Type<string, string, unknown>(
  'decimal text',
  (value): value is string => typeof value === 'string' && canonicalDecimal(value) === value,
  (value, context) => {
    const text = value instanceof NumberText ? value.text : value
    const decimal = typeof text === 'string' ? canonicalDecimal(text) : undefined
    return decimal === undefined ? t.failure(value, context) : t.success(flatText(decimal))
  },
  t.identity,
)
