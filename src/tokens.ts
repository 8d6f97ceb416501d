/** From credentials to tokens: one new token a dial or call, signed here or given by the application. */
import { catchError, defer, map, of, throwError } from 'rxjs'
import type { SigningKeys, SignToken } from './auth/sign-token'
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import { hasMembers } from './channels/option-checks'
import { platform } from './platform'
import type { Account } from './rest/account'

/** An application's own way to tokens. */
interface TokenProvider {
  readonly tokenProvider: (query?: string) => unknown
}

/** What gives the tokens of these credentials; their budgets are kept by `scope`. */
export function accountOf(
  given: SigningKeys | TokenProvider,
  scope: string,
  environment: Environment,
): Account {
  if ('tokenProvider' in given) {
    const { tokenProvider } = given
    return {
      scope,
      token$: (query) =>
        // So that one which returns its token at once is as good.
        defer(() => new Promise<unknown>((resolve) => resolve(tokenProvider(query)))).pipe(
          catchError((cause: unknown) => throwError(() => notGiven('failed', cause))),
          map(tokenOf),
        ),
    }
  }
  let sign: SignToken | undefined
  return {
    scope,
    keys: () => [given.accessKey, given.secretKey],
    token$: (query) =>
      defer(() => {
        sign ??= platform().createSigner?.(given)
        if (sign === undefined) return throwError(notHere)
        return of(sign(environment.newId(), query))
      }),
  }
}

/** What an application's provider gave, unless no header can hold it: an error of `fetch` would show it (C8.3). */
function tokenOf(given: unknown): string {
  const { token } = hasMembers(given, ['token'])
    ? (given as { readonly token: unknown })
    : { token: undefined }
  if (typeof token !== 'string' || !/^[!-~]+$/.test(token)) throw notGiven('gave no token', undefined)
  return token
}

function notGiven(how: string, cause: unknown): UpbitError {
  return new UpbitError('AUTH_REFUSED', `The \`tokenProvider\` ${how}.`, {
    option: 'credentials.tokenProvider',
    nextStep: 'It has to resolve with { token }, a text without spaces; see cause.',
    ...(cause === undefined ? {} : { cause }),
  })
}

function notHere(): UpbitError {
  return new UpbitError('INVALID_OPTION', 'Tokens are not signed in a browser.', {
    option: 'credentials',
    nextStep:
      "Let a server of yours, a gateway, make the calls of an account: a key in a page is everybody's.",
  })
}
