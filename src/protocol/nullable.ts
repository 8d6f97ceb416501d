/** Fields that are `null` where they do not apply. */
import * as t from 'io-ts'
import { OrNullType } from './field'

class NullableType<A> extends OrNullType<A> {
  override readonly validate: t.Validate<unknown, A | null> = (value, context) =>
    (value ?? null) === null ? t.success(null) : this.inner.validate(value, context)
}

/**
 * `null`, or what another codec takes. A frame that lacks the field has `null` in its event: the exchange writes such
 * fields as `null` on the socket and leaves them out in REST, and an order must not be lost over the difference.
 */
export function nullable<A>(codec: t.Type<A, A, unknown>): OrNullType<A> {
  return new NullableType(codec)
}
