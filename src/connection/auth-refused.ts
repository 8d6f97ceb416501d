/**
 * The error of whoever is refused for good (C10.2). Market data need no keys, so it is this address that is not let in;
 * with a token, it is the keys.
 */
import { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import { usedNonce, usedNonceStep } from '../protocol/used-nonce'
import type { SocketFailure } from '../transport/socket'
import { isUsedNonce } from './verdict'

/** What is refused by `host`; `rights`: what its keys have to be allowed, absent where none are sent. */
export interface Refused {
  readonly host: string
  readonly rights: string | undefined
}

export function authRefused(
  { host, rights }: Refused,
  failure: SocketFailure,
  serverError: ServerError | undefined,
): UpbitError {
  const { status, reason = '' } = failure
  const isNonce = serverError === undefined && isUsedNonce(failure)
  const { name, message } = serverError ?? { name: isNonce ? usedNonce : `HTTP ${status}`, message: reason }
  return new UpbitError(
    'AUTH_REFUSED',
    `${host} refuses ${rights === undefined ? 'this address' : isNonce ? 'this token' : 'these keys'}: ${name}.`,
    {
      serverName: name,
      serverMessage: message,
      nextStep: isNonce
        ? usedNonceStep
        : rights === undefined
          ? 'No keys are sent for market data: look whether the exchange blocks this address or is in maintenance, and for a proxy or ' +
            'firewall that answers in its place; then subscribe again.'
          : `Look whether the keys are of this host and not expired, and whether this machine's address is on their list; ` +
            // Only a refused upgrade names the nonce; on an open socket that is `INVALID_AUTH` too.
            `${rights}. ${usedNonceStep} Then subscribe again.`,
    },
  )
}
