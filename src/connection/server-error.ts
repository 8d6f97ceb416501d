/** What an error frame means. Names are compared without case, spaces, underscores, hyphens, apostrophes and plural: their spelling is in doubt. */
import { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { StreamKey } from '../registry/stream-key'

function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_'’-]/g, '')
    .replace(/s$/, '')
}

/** A limit of the exchange was passed; the request itself is sound. */
export function isLimitError(error: ServerError): boolean {
  return normalise(error.name) === 'toomanyrequest' || isBlockError(error)
}

/** Limits were passed again and again, and the exchange blocks for a while. */
export function isBlockError({ name }: ServerError): boolean {
  return normalise(name) === 'imateapot'
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
  return new UpbitError('SERVER_ERROR', `The exchange refused what it had accepted before: ${said}`, {
    serverName: name,
    serverMessage: message,
    nextStep:
      'Look for a code that the exchange no longer lists among those asked for ' +
      `(${namesOf(ids)}), and unsubscribe it. ` +
      'At the third refusal in a row it is searched for, and ends with REJECTED.',
  })
}

/** The exchange refuses these in one request, and each part of them alone is taken. */
export function refusedTogether({ name, message }: ServerError, keys: readonly StreamKey[]): UpbitError {
  const said = `${name} ${message}`.trimEnd()
  const what = namesOf(keys.map(({ id }) => id))
  return new UpbitError(
    'SERVER_ERROR',
    `The exchange refused together what it takes apart (${what}): ${said}`,
    {
      serverName: name,
      serverMessage: message,
      nextStep: 'Nothing: they are asked for again, part by part; what does not fit ends with REJECTED.',
    },
  )
}

/** The exchange had lost entries, or had others; told once, and counted from then on. */
export function subscriptionDrift(difference: readonly string[]): UpbitError {
  return new UpbitError(
    'SUBSCRIPTION_DRIFT',
    `The exchange had another subscription than was asked for: ${namesOf(difference)}.`,
    {
      nextStep:
        'Nothing: everything was asked for again. `resent` of accounting() counts how often that was.',
    },
  )
}

function namesOf(ids: readonly string[]): string {
  const more = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : ''
  return `${ids.slice(0, mostNamed).join(', ')}${more}`
}
