/**
 * One call, from its parameters to its rows: `permit → token → send → verdict → retry`, all within the caller's time. The
 * token stands behind the permit, so that it is as young as it can be, and inside the retry, since its nonce is used up.
 */
import type { Observable } from 'rxjs'
import {
  catchError,
  defer,
  map,
  NEVER,
  race,
  switchMap,
  take,
  takeUntil,
  throwError,
  throwIfEmpty,
} from 'rxjs'
import type { Environment } from '../base/environment'
import { isUpbitError, UpbitError } from '../base/errors'
import { hideSecrets } from '../base/hide-secrets'
import { retryWithBackoff } from '../operators/retry-with-backoff'
import type { RestLimits } from '../rate-limit/rest-limits'
import { isTurnTooLate } from '../rate-limit/turn-too-late'
import type { HttpAnswer, HttpFailure, SendHttp } from '../transport/http'
import type { Account } from './account'
import type { Query } from './query'
import { queryOf } from './query'
import { turnError } from './turn-error'
import { readAnswer } from './read-answer'
import type { AttemptWatch, CallOptions, RestCall } from './rest-call'
import type { Attempt, RestVerdict } from './rest-verdict'
import { verdictOnAnswer, verdictOnFailure } from './rest-verdict'

export interface RestCallerConfig {
  readonly environment: Environment
  readonly sendHttp: SendHttp
  /** Origin and path below which Upbit's paths are, without a slash at the end. */
  readonly restUrl: string
  readonly limits: Pick<RestLimits, 'run$'>
  /** Absent where none was given: calls of an account are refused then. */
  readonly account?: Account | undefined
  /** Told of what an answer has that its table does not know, by name. */
  readonly drift: (name: string) => void
  /** Ends the calls in flight, which complete without an answer. */
  readonly ended$: Observable<unknown>
}

/** Makes a call; it begins on subscription, emits its one result, and errors with an `UpbitError` alone. */
export type RestCaller = <T>(call: RestCall<T>, options?: CallOptions) => Observable<T>

const defaultTimeoutMs = 5000

export function createRestCaller(config: RestCallerConfig): RestCaller {
  const { environment, sendHttp, restUrl, limits, account, drift, ended$ } = config
  const random = (): number => environment.random()

  function send$<T>(
    { endpoint: { method, isPrivate, path }, parameters }: RestCall<T>,
    { plain, encoded }: Query,
    { sent, hide }: Secrets,
    watch: AttemptWatch | undefined,
  ): Observable<HttpAnswer> {
    const hasBody = method === 'POST'
    const url = `${restUrl}${path}${hasBody || encoded === '' ? '' : `?${encoded}`}`
    const accept = 'application/json'
    const go$ = (headers: Readonly<Record<string, string>>): Observable<HttpAnswer> => {
      watch?.sent()
      return sendHttp({
        method,
        url,
        headers: { accept, ...(hasBody ? { 'content-type': accept } : {}), ...headers },
        ...(hasBody ? { body: JSON.stringify(parameters) } : {}),
      })
    }
    if (!isPrivate || account === undefined) return go$({})
    return account.token$(plain === '' ? undefined : plain).pipe(
      switchMap(({ token }) => {
        sent.push(token)
        return go$({ authorization: `Bearer ${token}` })
      }),
      // The limiter remembers what a refusal says, and tells it to whom it holds back.
      map((answer) =>
        isGood(answer) ? answer : { ...answer, body: hide(answer.body.slice(0, maxRefusalLength)) },
      ),
    )
  }

  return (call, options = {}) =>
    defer(() => {
      const { endpoint, what } = call
      const { priority = 'subscribe', timeoutMs = defaultTimeoutMs, attempts = Infinity, watch } = options
      if (endpoint.isPrivate && account === undefined) return throwError(() => noAccount(what))
      const query = queryOf(call.parameters)
      const scope = endpoint.isPrivate && account !== undefined ? account.scope : 'address'
      const endMs = environment.now() + timeoutMs
      let number = 0
      let verdict: RestVerdict | undefined
      let mayRepeat = true

      const secrets = secretsOf(endpoint.isPrivate ? account : undefined)
      const { method, isPrivate, path } = endpoint
      const { hide } = secrets
      const attempt = (): Attempt => ({ what, path: `${method} ${path}`, number, random, isPrivate, hide })
      /** Noted, for the retry to read; the error goes its way. */
      const refused = (found: RestVerdict): UpbitError => {
        verdict = found
        mayRepeat = watch?.failed(found.error) ?? true
        return found.error
      }
      const attempt$ = defer(() => {
        number++
        return limits.run$(
          endpoint.group,
          defer(() => send$(call, query, secrets, watch)),
          { priority, scope, ...(timeoutMs === Infinity ? {} : { withinMs: endMs - environment.now() }) },
        )
      }).pipe(
        take(1),
        throwIfEmpty(() => new Error('it ended without one')),
        catchError((error: unknown) =>
          throwError(() =>
            isTurnTooLate(error)
              ? refused({ error: turnError(what, error, verdict?.error) })
              : refused(verdictOn(error, attempt())),
          ),
        ),
        map((answer) => {
          if (!isGood(answer)) throw refused(verdictOnAnswer(answer, attempt()))
          options.answered?.(answer)
          return answer
        }),
        retryWithBackoff<HttpAnswer>({
          // A call that had its answer is over: nothing of it is ever stable.
          stableAfterMs: Infinity,
          environment,
          delayMs: () => {
            const retryMs = verdict?.retryMs
            // One that cannot be in time is told now, with what the exchange said, and not as a time-out later.
            const isInTime = retryMs !== undefined && environment.now() + retryMs < endMs
            return isInTime && mayRepeat && number < attempts ? retryMs : undefined
          },
        }),
      )
      return race(
        attempt$.pipe(map(({ body }) => rowsOf(call, body, (name) => drift(hide(name)), hide))),
        timeoutMs === Infinity
          ? NEVER
          : environment.timer$(timeoutMs).pipe(
              map(() => {
                throw timedOut(what, timeoutMs, verdict?.error)
              }),
            ),
      )
    }).pipe(takeUntil(ended$))
}

/** Longer bodies are no refusal of the exchange's. */
const maxRefusalLength = 65_536

const isGood = ({ status }: HttpAnswer): boolean => status >= 200 && status <= 299

/** What one call was sent with, and what takes it out of what is said of it. */
interface Secrets {
  readonly sent: string[]
  readonly hide: (text: string) => string
}

function secretsOf(account: Account | undefined): Secrets {
  const sent: string[] = []
  if (account === undefined) return { sent, hide: (text) => text }
  return { sent, hide: (text) => hideSecrets(text, [...(account.keys?.() ?? []), ...sent]) }
}

function rowsOf<T>(
  { endpoint, what }: RestCall<T>,
  body: string,
  drift: (name: string) => void,
  hide: (text: string) => string,
): T {
  const read = readAnswer(endpoint, body, drift)
  if ('value' in read) return read.value
  const { path, expected, actual } = read.fault
  throw new UpbitError('UNDECODABLE', `${what}: ${hide(`${path} should be ${expected}, found ${actual}`)}.`, {
    path: hide(path),
    nextStep: 'If it goes on, the exchange changed its answers: update upbit-rx. Else see restUrl.',
  })
}

/** What an attempt ended with: a failed request, or what the limiter and the account have to say themselves. */
function verdictOn(error: unknown, attempt: Attempt): RestVerdict {
  if (isUpbitError(error)) return { error }
  const isFailure =
    typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'http-failure'
  return verdictOnFailure(isFailure ? (error as HttpFailure).cause : error, attempt)
}

function timedOut(what: string, timeoutMs: number, last: UpbitError | undefined): UpbitError {
  const seen = last === undefined ? '' : `; before: ${last.message}`
  return new UpbitError('TIMEOUT', `${what} took longer than ${timeoutMs} ms${seen}`.replace(/\.?$/, '.'), {
    ...(last === undefined ? {} : { cause: last }),
    nextStep: 'Raise timeoutMs; the time includes the waits for permits of the limiter.',
  })
}

function noAccount(what: string): UpbitError {
  return new UpbitError('INVALID_OPTION', `${what} is of an account, and no \`credentials\` were given.`, {
    option: 'credentials',
    nextStep:
      'Give credentials to createUpbit or configureUpbit, or set UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY. A page keeps ' +
      'no keys: let a server of yours, a gateway, make the call.',
  })
}
