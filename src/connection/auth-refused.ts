/**
 * The error of whoever is refused for good (C10.2). Market data need no keys, so it is this address that is not let in;
 * with a token, it is the keys.
 */
import { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { SocketFailure } from '../transport/socket'

export function authRefused(
  host: string,
  hasToken: boolean,
  { status, reason = '' }: SocketFailure,
  serverError: ServerError | undefined,
): UpbitError {
  const { name, message } = serverError ?? { name: `HTTP ${status}`, message: reason }
  return new UpbitError(
    'AUTH_REFUSED',
    `${host} refuses ${hasToken ? 'these keys' : 'this address'}: ${name}.`,
    {
      serverName: name,
      serverMessage: message,
      nextStep: hasToken
        ? 'Look whether the keys are of this host and not expired, whether they may see orders and assets, and whether this ' +
          "machine's address is on their list; then subscribe again."
        : 'No keys are sent for market data: look whether the exchange blocks this address or is in maintenance, and for a proxy or ' +
          'firewall that answers in its place; then subscribe again.',
    },
  )
}
