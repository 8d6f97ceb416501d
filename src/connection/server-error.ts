/** What an error frame means. Names are compared without case, spaces, underscores and plural: their spelling is in doubt. */
import type { ServerError } from '../protocol/control'

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, '').replace(/s$/, '')
}

/** A limit of the exchange was passed; the request itself is sound. */
export function isLimitError(error: ServerError): boolean {
  return normalise(error.name) === 'toomanyrequest' || isBlockError(error)
}

/** Limits were passed again and again, and the exchange blocks for a while. */
export function isBlockError({ name }: ServerError): boolean {
  return normalise(name) === "i'mateapot"
}

export function isAuthError({ name }: ServerError): boolean {
  return normalise(name) === 'invalidauth'
}
