/** Tokens as a client makes them, signed by hand: what is wrong with one is for the spec to choose. */
import { createHash, createHmac } from 'node:crypto'

// The keys of the reference's check values: any, not an account's.
export const accessKey = 'testAccessKey0000000000000000000000000'
export const secretKey = '0123456789abcdefghijABCDEFGHIJ0123456789'

let nonces = 0

export interface TokenParts {
  readonly key?: string
  readonly query?: string
  readonly claims?: object
  readonly secret?: string
  readonly algorithm?: string
}

export function bearer({
  key = accessKey,
  query,
  claims = {},
  secret = secretKey,
  algorithm = 'HS512',
}: TokenParts = {}): Record<'Authorization', string> {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const hash =
    query === undefined
      ? {}
      : { query_hash: createHash('sha512').update(query).digest('hex'), query_hash_alg: 'SHA512' }
  const payload = { access_key: key, nonce: `nonce ${++nonces}`, ...hash, ...claims }
  const signed = `${encode({ alg: algorithm, typ: 'JWT' })}.${encode(payload)}`
  const signature = createHmac(algorithm === 'HS256' ? 'sha256' : 'sha512', secret)
    .update(signed)
    .digest('base64url')
  return { Authorization: `Bearer ${signed}.${signature}` }
}
