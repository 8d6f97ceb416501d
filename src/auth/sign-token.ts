/** What gives tokens for an account; how it signs is the platform's (`jwt-signer.ts` on Node, nothing in a browser). */

/** The two keys, as a signer needs them. */
export interface SigningKeys {
  readonly accessKey: string
  readonly secretKey: string
}

/**
 * A token for one dial or call. `nonce` must never come twice; `query` is the query string before its URL encoding, in
 * the order that is sent, and left out where there are no parameters.
 */
export type SignToken = (nonce: string, query?: string) => string
