/** Quantities of an account: decimals of any length, which never pass through a JavaScript number (C3.2). */
import * as t from 'io-ts'
import { canonicalDecimal } from './decimal'
import { ExactType } from './field'
import { flatText } from './flat-text'
import { NumberText } from './number-text'

/** The exchange's socket tells quantities as numbers, its REST as text: either is taken, in whatever spelling. */
class DecimalType extends ExactType {
  override readonly validate: t.Validate<unknown, string> = (value, context) => {
    const text = value instanceof NumberText ? value.text : value
    const decimal = typeof text === 'string' ? canonicalDecimal(text) : undefined
    return decimal === undefined ? t.failure(value, context) : t.success(flatText(decimal))
  }

  constructor() {
    super('exact decimal', () => true)
  }
}

/** A decimal of any length, sign and scale, as one canonical text. */
export const exactDecimal: t.Type<string, string, unknown> = new DecimalType()
