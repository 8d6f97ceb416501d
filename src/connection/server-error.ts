/** What an error frame means. Names are compared without case, spaces, underscores and plural: their spelling is in doubt. */
import type { ServerError } from '../protocol/control'

const limitNames = ['toomanyrequest', "i'mateapot"]

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, '').replace(/s$/, '')
}

/** A limit of the exchange was passed; the request itself is sound. */
export function isLimitError({ name }: ServerError): boolean {
  return limitNames.includes(normalise(name))
}

export function isAuthError({ name }: ServerError): boolean {
  return normalise(name) === 'invalidauth'
}
