/** The error of whoever can never be served with these credentials (C10.2). */
import { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { SocketFailure } from '../transport/socket'

export function authRefused(
  host: string,
  { status, reason = '' }: SocketFailure,
  serverError: ServerError | undefined,
): UpbitError {
  const { name, message } = serverError ?? { name: `HTTP ${status}`, message: reason }
  return new UpbitError('AUTH_REFUSED', `${host} refused the credentials: ${name}.`, {
    serverName: name,
    serverMessage: message,
    nextStep: 'Check the access key, the secret key and the addresses that the key allows.',
  })
}
