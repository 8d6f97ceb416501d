/**
 * Quotation answers as the exchange spells them: a price or size that is whole ends in `.0`, none has an exponent, an
 * id above 2^53 is bare. Recorded 2026-03.
 */
import { spellPlain } from '../spelling'

/** What a row of a quotation answer may hold. */
export type RestValue =
  number | bigint | string | boolean | null | readonly RestValue[] | { readonly [name: string]: RestValue }

/** Whole numbers by nature, spelled as they are. */
const integers: ReadonlySet<string> = new Set(['timestamp', 'trade_timestamp', 'unit', 'level'])

export function restJson(value: RestValue, name = ''): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return 'null'
    return Number.isInteger(value) && !integers.has(name) ? `${spellPlain(value)}.0` : spellPlain(value)
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map((element) => restJson(element, name)).join(',')}]`
  let members = ''
  for (const key of Object.keys(value)) {
    const member = value[key]
    // What a test has sent may lack what its type says is there.
    if (member !== undefined) members += `${members === '' ? '' : ','}"${key}":${restJson(member, key)}`
  }
  return `{${members}}`
}

/** `Array.isArray`, which does not tell a read-only array from an object. */
function isList(value: object): value is readonly RestValue[] {
  return Array.isArray(value)
}
