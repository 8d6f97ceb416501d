/**
 * Tokens as the exchange wants them: a JWT signed with HMAC-SHA-512 by the secret key's own bytes (docs.upbit.com, `auth`,
 * read 2026-11). Node only: a browser has no place for a secret key.
 */
import { createHash, createSecretKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { SigningKeys, SignToken } from './sign-token'

/** Keeps the key as an object of Node's, made once: it is in no closure as text, and no inspector shows it. */
export function jwtSigner({ accessKey, secretKey }: SigningKeys): SignToken {
  // The text itself, not base64: 40 characters, which is shorter than the hash. jsonwebtoken takes that for an HMAC.
  const key = createSecretKey(secretKey, 'utf8')
  return (nonce, query) =>
    jwt.sign(
      {
        access_key: accessKey,
        nonce,
        ...(query === undefined ? {} : { query_hash: sha512(query), query_hash_alg: 'SHA512' }),
      },
      key,
      // The scheme knows no `iat`.
      { algorithm: 'HS512', noTimestamp: true },
    )
}

function sha512(text: string): string {
  return createHash('sha512').update(text, 'utf8').digest('hex')
}
