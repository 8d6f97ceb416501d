/** What an error frame means. Names are compared without case, spaces, underscores and plural: their spelling is in doubt. */
import { UpbitError } from '../base/errors'
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

/** What nobody's request is to blame for, somebody should hear of all the same. */
export function unexplained({ name, message }: ServerError): UpbitError {
  const said = `${name} ${message}`.trimEnd()
  return new UpbitError('SERVER_ERROR', `The exchange sent an error that no request explains: ${said}`, {
    serverName: name,
    serverMessage: message,
    nextStep:
      'Nothing: the connection is made anew and everything asked for again. If it goes on, see its notices.',
  })
}

/** Codes named in full; the request may hold hundreds. */
const mostNamed = 3

/** What was accepted in a session before is refused: something of it changed at the exchange, and it does not say what. */
export function refusedAgain({ name, message }: ServerError, ids: readonly string[]): UpbitError {
  const said = `${name} ${message}`.trimEnd()
  const more = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : ''
  return new UpbitError('SERVER_ERROR', `The exchange refused what it had accepted before: ${said}`, {
    serverName: name,
    serverMessage: message,
    nextStep:
      'Look for a code that the exchange no longer lists among those asked for ' +
      `(${ids.slice(0, mostNamed).join(', ')}${more}), and unsubscribe it. ` +
      'At the third refusal in a row all of them end with REJECTED.',
  })
}
