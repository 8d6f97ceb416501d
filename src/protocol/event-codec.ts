/**
 * From a field table to its io-ts codec: the slow, exact validation with a path in its error. Unknown fields are
 * tolerated and not passed on; an optional field that is `null` is left out, unless `null` is one of its values.
 *
 * Both codecs stop at the first fault, because a report has one path: io-ts's own combinators collect every fault, and
 * a megabyte of bad elements would hold the process for a second.
 */
import * as t from 'io-ts'
import { isBag } from './bag'
import type { Field, Fields, FieldsType } from './field'

/** The object that one field table describes; the table stays readable for drift. */
export class ObjectType<F extends Fields> extends t.Type<FieldsType<F>, unknown, unknown> {
  constructor(
    name: string,
    readonly fields: F,
  ) {
    const entries = Object.entries(fields)
    super(
      name,
      (value): value is FieldsType<F> =>
        isBag(value) &&
        entries.every(([key, field]) => isAbsent(field, value[key]) || field.codec.is(value[key])),
      (value, context) => {
        if (!isBag(value)) return t.failure(value, context)
        const known: Record<string, unknown> = {}
        for (const [key, field] of entries) {
          const member = value[key]
          if (isAbsent(field, member)) continue
          const result = field.codec.validate(member, t.appendContext(context, key, field.codec, member))
          if (result._tag === 'Left') return result
          known[key] = result.right
        }
        // Gathered field by field from the table of which FieldsType is the type.
        return t.success(known as FieldsType<F>)
      },
      t.identity,
    )
  }
}

/** Whether `value` stands for an optional field that is not there. */
export function isAbsent({ optional, codec }: Field, value: unknown): boolean {
  return optional && (value === undefined || (value === null && !codec.is(null)))
}

/** The codec of the object that `fields` describes. */
export function objectCodec<F extends Fields>(name: string, fields: F): ObjectType<F> {
  return new ObjectType(name, fields)
}

/** A list of objects that one table describes; the table stays readable for the guard and the key spelling. */
export class ObjectArrayType<F extends Fields> extends t.Type<readonly FieldsType<F>[], unknown, unknown> {
  constructor(
    name: string,
    readonly fields: F,
  ) {
    const element = objectCodec(name, fields)
    super(
      name,
      (value): value is readonly FieldsType<F>[] => Array.isArray(value) && value.every(element.is),
      (value, context) => {
        if (!Array.isArray(value)) return t.failure(value, context)
        const elements: FieldsType<F>[] = []
        for (const [index, item] of (value as unknown[]).entries()) {
          const result = element.validate(item, t.appendContext(context, String(index), element, item))
          if (result._tag === 'Left') return result
          elements.push(result.right)
        }
        return t.success(elements)
      },
      t.identity,
    )
  }
}

export function arrayOf<F extends Fields>(name: string, fields: F): ObjectArrayType<F> {
  return new ObjectArrayType(name, fields)
}
