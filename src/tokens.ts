/** From credentials to tokens: one new token a dial or call, signed here or given by the application. */
import { catchError, defer, map, of, race, tap, throwError } from 'rxjs'
import { jwtSigner } from './auth/jwt-signer'
import type { SigningKeys, SignToken } from './auth/sign-token'
import type { Environment } from './base/environment'
import { isUpbitError, UpbitError } from './base/errors'
import { hideSecrets } from './base/hide-secrets'
import { shownCause } from './base/shown-cause'
import { hasMembers } from './channels/option-checks'
import type { Account, Token } from './rest/account'

/** An application's own way to tokens. */
interface TokenProvider {
  readonly tokenProvider: (query?: string) => unknown
}

/** The keys, and how long what is signed with them is used. */
interface Keys extends SigningKeys {
  readonly tokenLifetimeMs?: number
  readonly tokenProvider?: undefined
}

/** The exchange names no end of a token; it looks at one at the handshake only (docs.upbit.com, `auth`, read 2026-11). */
export const defaultTokenLifetimeMs = 10 * 60 * 1000
/** As long as a dial may take. */
const giveWithinMs = 10_000
/** Of what a provider gave that its error, or a server, may still speak of. */
const mostRemembered = 16

/** What gives the tokens of these credentials; their budgets are kept by `scope`. */
export function accountOf(given: Keys | TokenProvider, scope: string, environment: Environment): Account {
  if (given.tokenProvider !== undefined) {
    const { tokenProvider } = given
    const tokens = new Lately()
    const accessKeys = new Lately()
    const hide = (text: string): string => hideUnknown(text, [...tokens.texts, ...accessKeys.texts])
    // Its error may be that of an HTTP library, with the request in it.
    const shown = (cause: unknown): unknown => shownCause(cause, hide)
    return {
      scope,
      keys: () => accessKeys.texts,
      token$: (query) =>
        race(
          // So that one which returns its token at once is as good.
          defer(() => new Promise<unknown>((resolve) => resolve(tokenProvider(query)))).pipe(
            catchError((cause: unknown) => throwError(() => notGiven('failed', shown(cause)))),
          ),
          // Whoever waits for it holds the process, not the wait for its end.
          environment.timer$(giveWithinMs, { referenced: false }).pipe(
            map(() => {
              throw notGiven(`gave no token in ${giveWithinMs / 1000} s`, undefined)
            }),
          ),
        ).pipe(
          map((token) => tokenOf(token, environment.now())),
          // What throws when it is looked at says in its error what it likes.
          catchError((error: unknown) =>
            throwError(() => (isUpbitError(error) ? error : notGiven('gave no token', undefined))),
          ),
          tap(({ token }) => {
            tokens.add(token)
            accessKeys.add(accessKeyIn(token))
          }),
        ),
    }
  }
  const { tokenLifetimeMs = defaultTokenLifetimeMs } = given
  let sign: SignToken | undefined
  return {
    scope,
    keys: () => [given.accessKey, given.secretKey],
    token$: (query) =>
      defer(() => {
        sign ??= jwtSigner(given)
        const expiresAtMs = environment.now() + tokenLifetimeMs
        return of({ token: sign(environment.newId(), query), expiresAtMs })
      }),
  }
}

/** The newest of some texts, each once. */
class Lately {
  texts: readonly string[] = []

  add(text: string | undefined): void {
    if (text === undefined) return
    this.texts = [...this.texts.filter((known) => known !== text), text].slice(-mostRemembered)
  }
}

/** Whose token it is: what the exchange reads in it, it may repeat. A provider's token need be no JWT. */
function accessKeyIn(token: string): string | undefined {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    const { access_key } = Object(JSON.parse(payload)) as { readonly access_key?: unknown }
    return typeof access_key === 'string' ? access_key : undefined
  } catch {
    return undefined
  }
}

/** A provider's error may hold what was never given here: its keys, which are runs of letters and digits. */
function hideUnknown(text: string, known: readonly string[]): string {
  return hideSecrets(text, known).replace(/[A-Za-z\d]{32,}/g, '[hidden]')
}

/** What an application's provider gave, unless no header can hold it: an error of `fetch` would show it (C8.3). */
function tokenOf(given: unknown, nowMs: number): Token {
  const { token, expiresAtMs = nowMs + defaultTokenLifetimeMs } = hasMembers(given, [])
    ? (given as { readonly token?: unknown; readonly expiresAtMs?: unknown })
    : {}
  if (typeof token !== 'string' || !/^[!-~]+$/.test(token)) throw notGiven(whyNone(given, token), undefined)
  if (typeof expiresAtMs !== 'number' || Number.isNaN(expiresAtMs)) {
    throw notGiven('gave an expiresAtMs that is no number', undefined)
  }
  if (expiresAtMs <= nowMs) {
    // Seconds since 1970, as a JWT has them, are a moment in that January.
    const hint = expiresAtMs < 1e11 ? ', if its expiresAtMs is in ms since 1970 and not in seconds' : ''
    throw notGiven(`gave a token that ended ${Math.round(nowMs - expiresAtMs)} ms ago${hint}`, undefined)
  }
  return { token, expiresAtMs }
}

/** What was given instead, without any of it. */
function whyNone(given: unknown, token: unknown): string {
  if (typeof given === 'string') return 'gave a text and not { token }'
  if (typeof token !== 'string') return 'gave no token'
  if (/^bearer /i.test(token)) return 'gave a token that begins with "Bearer ", which is put before it here'
  return token === '' ? 'gave an empty token' : 'gave a token with a space, or what else no header can hold'
}

function notGiven(how: string, cause: unknown): UpbitError {
  return new UpbitError('AUTH_REFUSED', `The \`tokenProvider\` ${how}.`, {
    option: 'credentials.tokenProvider',
    nextStep:
      'It has to resolve with { token, expiresAtMs? }, a text without spaces and the time in ms until when it is of use' +
      (cause === undefined ? '.' : '; see cause.'),
    ...(cause === undefined ? {} : { cause }),
  })
}
