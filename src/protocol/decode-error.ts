/** Why a frame was rejected: where the bad value is, what was expected there, what stood there, shortened. */
import type * as t from 'io-ts'
import { isBag } from './bag'
import { NumberText } from './number-text'
import { elementPath, memberPath } from './path'

export interface DecodeError {
  /** `$.orderbook_units[3].ask_price`, by full names whatever the wire format; `$` is the frame. */
  readonly path: string
  readonly expected: string
  /** The value found, shortened; `nothing` when there was none. */
  readonly actual: string
  /** Type and code of the frame where they could be read. */
  readonly type?: string
  readonly code?: string
  /** How many elements of the frame it stands for: itself and others of the same stream. Default 1. */
  readonly count?: number
}

/** Of a code in a report; real ones have a dozen characters. */
export const maxCodeLength = 32

const maxExcerpt = 80

/** A value as a report shows it: at most 80 characters and a dot-dot-dot, whatever its size. */
export function excerpt(value: unknown): string {
  const text = describe(value)
  return text.length > maxExcerpt ? `${text.slice(0, maxExcerpt)}…` : text
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value instanceof NumberText) return value.text
  // Cut before it is quoted: a megabyte is not worth escaping for eighty characters.
  if (typeof value === 'string') return JSON.stringify(value.slice(0, maxExcerpt + 1))
  if (Array.isArray(value)) return `a list of ${value.length}`
  return isBag(value) ? 'an object' : JSON.stringify(value)
}

/** io-ts's fault as ours; `at` is the path of the element that was decoded. */
export function fromValidation(errors: t.Errors, at: string): DecodeError {
  const [root, ...steps] = errors[0]?.context ?? []
  let path = at
  let parent = root
  for (const step of steps) {
    path = Array.isArray(parent?.actual) ? elementPath(path, step.key) : memberPath(path, step.key)
    parent = step
  }
  return { path, expected: parent?.type.name ?? 'a value', actual: excerpt(parent?.actual) }
}
