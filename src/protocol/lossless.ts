/**
 * The slow parse: JSON text to values whose numbers keep their digits. Keys that would change an object's prototype
 * are refused wherever they stand. Of a key that comes twice the last value holds, as in `JSON.parse`.
 */
import { LosslessNumber, parse } from 'lossless-json'

/** What was found, or where parsing ended. */
export type LosslessResult = { readonly value: unknown } | { readonly path: string; readonly reason: string }

export function parseLossless(text: string): LosslessResult {
  try {
    const value = parse(text, undefined, { onDuplicateKey: ({ newValue }) => newValue })
    const path = findProtoKey(value, '$')
    return path === undefined ? { value } : { path, reason: 'no __proto__ key' }
  } catch (error) {
    // SyntaxError of the parser, or RangeError when the nesting is deeper than the stack.
    return {
      path: '$',
      reason: error instanceof SyntaxError ? `JSON (${error.message.slice(0, 120)})` : 'JSON',
    }
  }
}

function findProtoKey(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || value instanceof LosslessNumber) return undefined
  for (const key of Object.keys(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`
    if (key === '__proto__') return at
    const found = findProtoKey((value as Record<string, unknown>)[key], at)
    if (found !== undefined) return found
  }
  return undefined
}
