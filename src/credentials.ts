/**
 * Whose account it is. Kept where nothing can show it: in private fields, which no inspector, no `JSON.stringify` and no
 * message reaches (C8.3). Messages name the option and never the value.
 */
import { UpbitError } from './base/errors'
import { nearest } from './base/nearest'
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
    return this.#given.accessKey ?? 'token provider'
  }

  /** Node's inspector would call the getter, when it is told to (C8.3). */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'Credentials {}'
  }

  isOf(other: UpbitCredentials): boolean {
    const { accessKey, tokenProvider } = this.#given
    return accessKey === other.accessKey && tokenProvider === other.tokenProvider
  }

  equals(other: UpbitCredentials): boolean {
    const given = this.#given
    return this.isOf(other) && given.secretKey === other.secretKey && lifetimeOf(given) === lifetimeOf(other)
  }

  tokens(environment: Environment): Account {
    return accountOf(this.#given, this.account(), environment)
  }
}

const keyNames = ['accessKey', 'secretKey', 'tokenLifetimeMs'] as const
const names: readonly string[] = [...keyNames, 'tokenProvider']

/** Throws `INVALID_OPTION` for what are no credentials; the message says what is missing, and no value. */
export function checkCredentials(credentials: unknown): void {
  if (credentials === undefined) return
  if (!hasMembers(credentials, []) || Array.isArray(credentials)) throw wrong('credentials', 'is no object')
  const unknown = Object.keys(credentials as object).find((name) => !names.includes(name))
  if (unknown !== undefined) throw unknownName(unknown)
  const { accessKey, secretKey, tokenLifetimeMs, tokenProvider } = credentials as Record<string, unknown>
  if (tokenProvider !== undefined) {
    if (typeof tokenProvider !== 'function') throw wrong('credentials.tokenProvider', 'is no function')
    const given = { accessKey, secretKey, tokenLifetimeMs }
    const second = keyNames.find((name) => given[name] !== undefined)
    if (second !== undefined) throw wrong(`credentials.${second}`, 'has no place beside a tokenProvider')
    return
  }
  checkKey('credentials.accessKey', accessKey)
  checkKey('credentials.secretKey', secretKey)
  if (tokenLifetimeMs !== undefined && !(typeof tokenLifetimeMs === 'number' && tokenLifetimeMs > 0)) {
    throw wrong('credentials.tokenLifetimeMs', 'is no number of milliseconds above 0')
  }
}

/** Those of the environment variables. Throws where they are half set, or no keys. */
function surroundingCredentials(): UpbitCredentials | undefined {
  const { accessKey, secretKey } = platform().defaults()
  return credentialsOf(accessKey, secretKey)
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
  checkVariable('UPBIT_ACCESS_KEY', accessKey)
  checkVariable('UPBIT_SECRET_KEY', secretKey)
  return { accessKey, secretKey }
}

const lifetimeOf = ({ tokenLifetimeMs = defaultTokenLifetimeMs }: UpbitCredentials): number => tokenLifetimeMs

const isKey = (key: unknown): boolean => typeof key === 'string' && /^\S+$/.test(key)

function checkKey(option: string, key: unknown): void {
  if (key === undefined) throw wrong(option, 'is missing')
  if (!isKey(key)) throw wrong(option, 'is no text without spaces')
}

function checkVariable(variable: string, key: string): void {
  if (isKey(key)) return
  const nextStep = `Set ${variable} without it: a file that it is read from may end with a line break.`
  throw wrong(variable, 'has a space or a line break in it, as no key has', nextStep)
}

/** What no option is called may be a key, by a slip: `{ [secretKey]: … }`. */
function unknownName(name: string): UpbitError {
  const meant = nearest(name, names)
  return wrong(
    'credentials',
    `has a member whose name is not shown, since it may be a key; allowed: ${names.join(', ')}`,
    meant === undefined ? undefined : `Did you mean \`credentials.${meant}\`?`,
  )
}

const eitherWay =
  'Give { accessKey, secretKey } or { tokenProvider }, or leave credentials out: public data need none.'

function wrong(option: string, why: string, nextStep = eitherWay): UpbitError {
  return new UpbitError('INVALID_OPTION', `\`${option}\` ${why}.`, { option, nextStep })
}
