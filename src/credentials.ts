/**
 * Whose account it is. Kept where nothing can show it: in private fields, which no inspector, no `JSON.stringify` and no
 * message reaches (C8.3). Messages name the option and never the value.
 */
import { UpbitError } from './base/errors'
import { checkNames } from './base/check-names'
import { hasMembers } from './channels/option-checks'
import type { Environment } from './base/environment'
import type { CredentialsPort, KeptCredentials, UpbitCredentials, UpbitKeys } from './credentials-port'
import { platform } from './platform'
import type { Account } from './rest/account'
import { accountOf, defaultTokenLifetimeMs } from './tokens'

export class Credentials implements KeptCredentials {
  readonly #given: UpbitCredentials

  constructor(given: UpbitCredentials) {
    // The caller's object may change, and whose account this is may not.
    this.#given = { ...given }
  }

  account(): string {
    return 'accessKey' in this.#given ? this.#given.accessKey : 'token provider'
  }

  /** Node's inspector would call the getter, when it is told to (C8.3). */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'Credentials {}'
  }

  isOf(other: UpbitCredentials): boolean {
    const given = this.#given
    return 'tokenProvider' in given
      ? 'tokenProvider' in other && given.tokenProvider === other.tokenProvider
      : 'accessKey' in other && given.accessKey === other.accessKey
  }

  tokens(environment: Environment): Account {
    return accountOf(this.#given, this.account(), environment)
  }

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

function surroundingCredentials(): UpbitCredentials | undefined {
  const { accessKey, secretKey } = platform().defaults()
  const credentials = credentialsOf(accessKey, secretKey)
  checkCredentials(credentials)
  return credentials
}

/** What Node's platform has of them. */
export const credentialsOnNode: CredentialsPort = {
  check: checkCredentials,
  surrounding: surroundingCredentials,
  keep: (credentials) => new Credentials(credentials),
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
