/**
 * Whose call it is: the token's signature, its nonce, and the hash of what it was made for. Source:
 * docs.upbit.com `auth`, read 2026-11; the order of the checks is inferred.
 */
import type { ExchangeSwitches } from '../switches'
import type { PocketKey } from '../trading/pocket'
import { accountErrors } from './answer'
import type { Signatures } from './signatures'

type Claims = Readonly<Record<string, unknown>>

/** The nonces that are remembered; beyond that the oldest could be used again. */
const maxNonces = 100_000

export class Authorizer {
  private readonly nonces = new Set<string>()

  constructor(
    private readonly keys: ReadonlyMap<string, PocketKey>,
    private readonly signatures: Signatures | undefined,
    private readonly switches: Pick<ExchangeSwitches, 'unknownAccessKey' | 'dialNonce'>,
  ) {}

  /** Whose token it says it is, unchecked: limits are counted by that account. */
  claimed(headers: Readonly<Record<string, string>>): string | undefined {
    const accessKey = partsOf(headers.authorization)?.claims.access_key
    if (typeof accessKey !== 'string') return undefined
    return this.keys.get(accessKey)?.pocket.id ?? accessKey
  }

  /**
   * The account of a call and the key that it was made with; `asked` is what the token is to be hashed for, the query or
   * the members of a body. Throws the exchange's error.
   */
  caller(headers: Readonly<Record<string, string>>, asked: string): PocketKey {
    const { caller, claims } = this.verified(headers)
    this.checkQuery(claims, asked)
    this.useNonce(caller, claims.nonce, 'unused')
    return caller
  }

  /** The same of a dial, which has nothing to be hashed. Throws the exchange's error. */
  callerOfDial(headers: Readonly<Record<string, string>>): PocketKey {
    const { caller, claims } = this.verified(headers)
    this.useNonce(caller, claims.nonce, this.switches.dialNonce)
    return caller
  }

  /** Whose token it is, by its signature; when it was issued and when it expires is not looked at. */
  private verified(headers: Readonly<Record<string, string>>): { caller: PocketKey; claims: Claims } {
    if (headers.authorization === undefined) throw accountErrors.noToken()
    const token = partsOf(headers.authorization)
    if (token === undefined) throw accountErrors.badToken()
    const { claims, signed, signature, algorithm } = token
    const caller = this.keys.get(String(claims.access_key))
    if (caller === undefined) {
      throw this.switches.unknownAccessKey === 'invalid_access_key'
        ? accountErrors.unknownKey()
        : accountErrors.badToken()
    }
    if (this.signatures?.hmac(algorithm, caller.key.secretKey, signed) !== signature) {
      throw accountErrors.badToken()
    }
    return { caller, claims }
  }

  private checkQuery(
    { query_hash: hash, query_hash_alg: algorithm = 'SHA512' }: Claims,
    asked: string,
  ): void {
    if (asked === '' && hash === undefined) return
    if (algorithm !== 'SHA512' || hash !== this.signatures?.sha512(asked)) throw accountErrors.query()
  }

  private useNonce(
    { key: { accessKey } }: PocketKey,
    nonce: unknown,
    wanted: ExchangeSwitches['dialNonce'],
  ): void {
    if (typeof nonce !== 'string' || nonce === '') throw accountErrors.badToken()
    const key = `${accessKey} ${nonce}`
    if (wanted === 'unused' && this.nonces.has(key)) throw accountErrors.nonce()
    this.nonces.add(key)
    if (this.nonces.size > maxNonces) for (const oldest of this.nonces) return void this.nonces.delete(oldest)
  }
}

interface Token {
  readonly claims: Claims
  /** What the signature is of. */
  readonly signed: string
  readonly signature: string
  readonly algorithm: 'sha256' | 'sha512'
}

function partsOf(authorization: string | undefined): Token | undefined {
  const [, header, payload, signature] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization ?? '') ?? []
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  const head = jsonOf(header)
  const claims = jsonOf(payload)
  if (claims === undefined || (head?.alg !== 'HS256' && head?.alg !== 'HS512')) return undefined
  return {
    claims,
    signed: `${header}.${payload}`,
    signature,
    algorithm: head.alg === 'HS256' ? 'sha256' : 'sha512',
  }
}

function jsonOf(base64url: string): Claims | undefined {
  try {
    const parsed: unknown = JSON.parse(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Claims) : undefined
  } catch {
    return undefined
  }
}
