/**
 * Whose account it is, and the port behind which that is kept: there on Node, and not in a browser, which has no place for
 * keys and loads nothing of this (`credentials.ts` and `tokens.ts`).
 */
import type { Environment } from './base/environment'
import type { Account } from './rest/account'

/** The two keys that Upbit gives out together (upbit.com, Open API management). */
export interface UpbitKeys {
  readonly accessKey: string
  readonly secretKey: string
  /** How long a token that is made of them is used, ms. Default 10 minutes. */
  readonly tokenLifetimeMs?: number
  /** Not beside keys. */
  readonly tokenProvider?: never
}

/** For a secret key that lives elsewhere: gives a new token for every dial and call. */
export interface UpbitTokenProvider {
  /**
   * Called for every dial and call. A call with parameters gives its `query`, as it is before its URL encoding: the token
   * has to hold its hash (`query_hash`, SHA-512). Of an order that is the body's members in the same form.
   */
  readonly tokenProvider: (query?: string) => UpbitToken | Promise<UpbitToken>
  /** Not beside a provider. */
  readonly accessKey?: never
  /** Not beside a provider. */
  readonly secretKey?: never
  /** Not beside a provider: a token says itself when it ends, by `expiresAtMs`. */
  readonly tokenLifetimeMs?: never
}

/** A token for one dial or call. */
export interface UpbitToken {
  readonly token: string
  /** When it is of no use any more, ms since 1970. Default 10 minutes from now. */
  readonly expiresAtMs?: number
}

/** Whose account it is: the keys themselves, or who gives tokens for them. */
export type UpbitCredentials = UpbitKeys | UpbitTokenProvider

/** Whose account it is, kept where nothing can show it. */
export interface KeptCredentials {
  /** What its budgets are kept by, and a secret of theirs. All token providers are one account, since they name none. */
  account(): string
  /** Whether they are of this account: the same access key, or the same provider. */
  isOf(other: UpbitCredentials): boolean
  /** Whether nothing differs, the secret included. */
  equals(other: UpbitCredentials): boolean
  /** What gives their tokens. */
  tokens(environment: Environment): Account
}

export interface CredentialsPort {
  /** Throws `INVALID_OPTION` for what are no credentials. */
  check(credentials: unknown): void
  /** Those of the environment variables. Throws where they are half set, or no keys. */
  surrounding(): UpbitCredentials | undefined
  keep(credentials: UpbitCredentials): KeptCredentials
}
