/**
 * Whose account it is. Kept where nothing can show it: in private fields, which no inspector, no `JSON.stringify` and no
 * message reaches (C8.3). Messages name the option and never the value.
 */
import { UpbitError } from './base/errors'
import { checkNames } from './base/check-names'
import { hasMembers } from './channels/option-checks'
import type { Environment } from './base/environment'
import { platform } from './platform'
import type { Account } from './rest/account'
import { accountOf, defaultTokenLifetimeMs } from './tokens'

/** The two keys that Upbit gives out together (upbit.com, Open API management). */
export interface UpbitKeys {
  readonly accessKey: string
  readonly secretKey: string
  /** How long a token that is made of them is used, ms. Default 10 minutes. */
  readonly tokenLifetimeMs?: number
}

/** For a secret key that lives elsewhere: gives a new token for every dial and call. */
export interface UpbitTokenProvider {
  /**
   * Called for every dial and call. A call with parameters gives its `query`, as it is before its URL encoding: the token
   * has to hold its hash (`query_hash`, SHA-512). Of an order that is the body's members in the same form.
   */
  readonly tokenProvider: (query?: string) => UpbitToken | Promise<UpbitToken>
}

/** A token for one dial or call. */
export interface UpbitToken {
  readonly token: string
  /** When it is of no use any more, ms since 1970. Default 10 minutes from now. */
  readonly expiresAtMs?: number
}

/** Whose account it is: the keys themselves, or who gives tokens for them. */
export type UpbitCredentials = UpbitKeys | UpbitTokenProvider

export class Credentials {
  readonly #given: UpbitCredentials

  constructor(given: UpbitCredentials) {
    // The caller's object may change, and whose account this is may not.
    this.#given = { ...given }
  }

  /** What its budgets are kept by, and a secret of theirs. All token providers are one account, since they name none. */
  account(): string {
    return 'accessKey' in this.#given ? this.#given.accessKey : 'token provider'
  }

  /** Node's inspector would call the getter, when it is told to (C8.3). */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'Credentials {}'
  }

  /** Whether they are of this account: the same access key, or the same provider. */
  isOf(other: UpbitCredentials): boolean {
    const given = this.#given
    return 'tokenProvider' in given
      ? 'tokenProvider' in other && given.tokenProvider === other.tokenProvider
      : 'accessKey' in other && given.accessKey === other.accessKey
  }

  /** What gives their tokens. */
  tokens(environment: Environment): Account {
    return accountOf(this.#given, this.account(), environment)
  }

  /** Whether nothing differs, the secret included. */
  equals(other: UpbitCredentials): boolean {
    const given = this.#given
    if (!this.isOf(other)) return false
    if ('tokenProvider' in given || 'tokenProvider' in other) return true
    return given.secretKey === other.secretKey && lifetimeOf(given) === lifetimeOf(other)
  }
}

/** Throws `INVALID_OPTION` for what are no credentials; the message says what is missing, and no value. */
export function checkCredentials(credentials: unknown): void {
  if (credentials === undefined) return
  if (!hasMembers(credentials, [])) throw wrong('credentials', 'is no object')
  if (hasMembers(credentials, ['tokenProvider'])) {
    checkNames(credentials, ['tokenProvider'], 'credentials')
    const { tokenProvider } = credentials as Record<string, unknown>
    if (typeof tokenProvider !== 'function') throw wrong('credentials.tokenProvider', 'is no function')
    return
  }
  checkNames(credentials, ['accessKey', 'secretKey', 'tokenLifetimeMs'], 'credentials')
  const { accessKey, secretKey, tokenLifetimeMs } = credentials as Record<string, unknown>
  checkKey('credentials.accessKey', accessKey)
  checkKey('credentials.secretKey', secretKey)
  if (tokenLifetimeMs !== undefined && !(typeof tokenLifetimeMs === 'number' && tokenLifetimeMs > 0)) {
    throw wrong('credentials.tokenLifetimeMs', 'is no number of milliseconds above 0')
  }
}

/** Those of the environment variables. Throws where they are half set, or no keys. */
export function surroundingCredentials(): UpbitCredentials | undefined {
  const { accessKey, secretKey } = platform().defaults()
  const credentials = credentialsOf(accessKey, secretKey)
  checkCredentials(credentials)
  return credentials
}

/** The keys of the surroundings: both, or none. */
export function credentialsOf(
  accessKey: string | undefined,
  secretKey: string | undefined,
): UpbitKeys | undefined {
  if (accessKey === undefined && secretKey === undefined) return undefined
  if (accessKey === undefined) throw wrong('UPBIT_ACCESS_KEY', 'is not set, but UPBIT_SECRET_KEY is')
  if (secretKey === undefined) throw wrong('UPBIT_SECRET_KEY', 'is not set, but UPBIT_ACCESS_KEY is')
  return { accessKey, secretKey }
}

const lifetimeOf = ({ tokenLifetimeMs = defaultTokenLifetimeMs }: UpbitKeys): number => tokenLifetimeMs

function checkKey(option: string, key: unknown): void {
  if (key === undefined) throw wrong(option, 'is missing')
  if (typeof key !== 'string' || !/^\S+$/.test(key)) throw wrong(option, 'is no text without spaces')
}

function wrong(option: string, why: string): UpbitError {
  const nextStep =
    'Give { accessKey, secretKey } or { tokenProvider }, or leave credentials out: public data need none.'
  return new UpbitError('INVALID_OPTION', `\`${option}\` ${why}.`, { option, nextStep })
}
