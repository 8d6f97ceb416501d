/** The body of a good answer becomes rows, by the endpoint's table. Nothing that it holds makes it throw. */
import { isBag } from '../protocol/bag'
import type { DecodeError } from '../protocol/decode-error'
import { excerpt, fromValidation } from '../protocol/decode-error'
import { findDrift } from '../protocol/drift'
import { parseLossless } from '../protocol/lossless'
import type { Endpoint } from './rest-call'

export type ReadAnswer<T> = { readonly value: T } | { readonly fault: DecodeError }

/** `drift` is told what the table does not know, by name. */
export function readAnswer<T>(
  { codec, fields, isExact, name }: Endpoint<T>,
  text: string,
  drift: (name: string) => void,
): ReadAnswer<T> {
  const parsed = isExact ? parseLossless(text) : parsePlain(text)
  if (!('value' in parsed)) {
    return { fault: { path: '$', expected: `JSON (${parsed.reason})`, actual: excerpt(text) } }
  }
  const decoded = codec.decode(parsed.value)
  if (decoded._tag === 'Left') return { fault: fromValidation(decoded.left, '$') }
  const rows: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value]
  const names = new Set<string>()
  for (const row of rows.filter(isBag)) for (const found of findDrift(name, fields, row)) names.add(found)
  for (const found of names) drift(found)
  return { value: decoded.right }
}

/** Half a megabyte of prices takes a tenth of the time of the lossless way. */
function parsePlain(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { reason: error instanceof Error ? error.message.slice(0, 120) : 'unreadable' }
  }
}
