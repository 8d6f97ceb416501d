/** Why a frame was rejected: where the bad value is, what was expected there, what stood there, shortened. */
import * as t from 'io-ts'
import { LosslessNumber } from 'lossless-json'

export interface DecodeError {
  /** `$.orderbook_units[3].ask_price`, by full names whatever the wire format; `$` is the frame. */
  readonly path: string
  readonly expected: string
  /** The value found, shortened; `undefined` as text when there was none. */
  readonly actual: string
  /** Type and code of the frame where they could be read. */
  readonly type?: string
  readonly code?: string
}

const maxExcerpt = 80

export function excerpt(value: unknown): string {
  const text =
    value instanceof LosslessNumber
      ? value.value
      : typeof value === 'string'
        ? JSON.stringify(value.slice(0, maxExcerpt + 1))
        : value === undefined
          ? 'nothing'
          : Array.isArray(value)
            ? `a list of ${value.length}`
            : typeof value === 'object' && value !== null
              ? 'an object'
              : String(value)
  return text.length > maxExcerpt ? `${text.slice(0, maxExcerpt)}…` : text
}

/** The first of io-ts's errors as ours; `at` is the path of the element that was decoded. */
export function fromValidation(errors: t.Errors, at: string): DecodeError {
  const context = errors[0]?.context ?? []
  let path = at
  context.forEach(({ key }, index) => {
    const parent = context[index - 1]
    // Unions and (exact) intersections number their members in the context; no such key is in the value.
    const isMember =
      parent?.type instanceof t.IntersectionType ||
      parent?.type instanceof t.ExactType ||
      parent?.type instanceof t.UnionType
    if (index === 0 || isMember) return
    path += Array.isArray(parent?.actual) ? `[${key}]` : `.${key}`
  })
  const last = context[context.length - 1]
  return { path, expected: last?.type.name ?? 'a value', actual: excerpt(last?.actual) }
}
