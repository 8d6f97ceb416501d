/**
 * From a field table to its io-ts codec: the slow, exact validation with a path in its error. Unknown fields are
 * tolerated and not passed on.
 */
import * as t from 'io-ts'
import type { Fields, FieldsType } from './field'

/** The codec of the object that `fields` describes. */
export function objectCodec<F extends Fields>(
  name: string,
  fields: F,
): t.Type<FieldsType<F>, unknown, unknown> {
  const pick = (isOptional: boolean): t.Props =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, field]) => field.optional === isOptional)
        .map(([field, { codec }]) => [field, codec]),
    )
  const codec = t.exact(t.intersection([t.type(pick(false)), t.partial(pick(true))]), name)
  // The props were gathered at run time, so io-ts cannot know them; FieldsType says the same of the same table.
  return codec as unknown as t.Type<FieldsType<F>, unknown, unknown>
}

/** A list of objects that one table describes; the table stays readable for the guard and the key spelling. */
export class ObjectArrayType<F extends Fields> extends t.Type<readonly FieldsType<F>[], unknown, unknown> {
  constructor(
    name: string,
    readonly fields: F,
  ) {
    const list = t.array(objectCodec(name, fields), name)
    super(name, list.is, list.validate, t.identity)
  }
}

export function arrayOf<F extends Fields>(name: string, fields: F): ObjectArrayType<F> {
  return new ObjectArrayType(name, fields)
}
