/** What the exchange says of a token that comes a second time, and what to do: the same on a socket, for a call and for an order. */

/** Its name of the fault (docs.upbit.com `rest-api-guide`, read 2026-11). */
export const usedNonce = 'nonce_used'

/** The nonces of what is signed here are new ones, so it is a provider's token. */
export const usedNonceStep =
  'A `tokenProvider` has to make a new token with a new nonce for every dial and call, and keep none: each is taken once.'

/** To be said after what else is to be done, where that was the fault. */
export function usedNonceToo(serverName: string | undefined): string {
  return serverName === usedNonce ? ` ${usedNonceStep}` : ''
}
