/**
 * What became of one attempt decides whether there is another one: one function, a reason beside each case. Only what can
 * go differently the next time is tried again (docs.upbit.com `rest-api-guide` and `rate-limits`, read 2026-11).
 */
import { isUpbitError, UpbitError } from '../base/errors'
import { shownCause } from '../base/shown-cause'
import { backoffDelayMs } from '../operators/backoff'
import { usedNonce, usedNonceStep } from '../protocol/used-nonce'
import { waitStatedBy } from '../rate-limit/answer'
import type { HttpAnswer } from '../transport/http'
import { readErrorBody } from './error-body'
import { detailsOf, saidBy } from './said-by'

export interface RestVerdict {
  /** What the caller gets if there is no other attempt. */
  readonly error: UpbitError
  /** How long to wait before the next one; `undefined` where it would end as this one did. */
  readonly retryMs?: number
}

/** What is known of an attempt beside its outcome. */
export interface Attempt {
  /** `getTicker of KRW-BTC`. */
  readonly what: string
  /** `GET /v1/ticker`. */
  readonly path: string
  /** From 1. */
  readonly number: number
  readonly random: () => number
  /** Whether it was sent with a token. */
  readonly isPrivate: boolean
  /** Takes keys and tokens out of what a server says. */
  readonly hide: (text: string) => string
}

/** No order of that id (docs.upbit.com `rest-api-guide`, read 2026-11). */
export const noOrder = 'order_not_found'

const secondMs = 1000
/** A block without a stated length: doubled each time, as for dials (C10.2). */
const blockMs = 60_000
/** Servers that stumble are back soon or not in time. */
const stumble = { baseMs: 250, maxMs: 2000, spread: 0.25 }
const maintenance = { baseMs: 1000, maxMs: 5000, spread: 0.25 }
/** A nonce that was used is a matter of chance once, and a fault of whoever makes tokens the second time. */
const mostNonces = 2

/** On an answer that is not good. */
export function verdictOnAnswer(answer: HttpAnswer, attempt: Attempt): RestVerdict {
  const { status, body } = answer
  const said = readErrorBody(body, attempt.hide)
  const { name } = said
  const details = detailsOf(status, said)
  const { what, path, number, random } = attempt
  const text = `${what}: ${path} was answered with ${saidBy(status, said)}`
  const statedMs = waitStatedBy(answer)

  if (status === 429) {
    // The next second has permits again; whoever comes again and again waits longer.
    const retryMs = Math.max(secondMs, statedMs ?? secondMs * 2 ** Math.min(number - 1, 3))
    return { error: limited(text, retryMs, details), retryMs }
  }
  if (status === 418) {
    const retryMs = statedMs ?? blockMs * 2 ** Math.min(number - 1, 10)
    return { error: limited(text, retryMs, details), retryMs }
  }
  if (status >= 500) {
    return { error: failed(text, details), retryMs: backoffDelayMs(number, random, stumble) }
  }
  if (name === 'market_offline') {
    return { error: failed(text, details), retryMs: backoffDelayMs(number, random, maintenance) }
  }
  if (name === usedNonce) {
    const error = authRefused(text, details)
    // At once: the next attempt has another nonce.
    return number < mostNonces ? { error, retryMs: 0 } : { error }
  }
  if (status === 401 || status === 403) {
    if (attempt.isPrivate) return { error: authRefused(text, details) }
    const nextStep =
      'No key is asked for here: something between, or the exchange, refuses this address. Check restUrl and the network.'
    return { error: new UpbitError('REST_REFUSED', text, { ...details, nextStep }) }
  }
  if (status >= 300 && status <= 399) {
    const nextStep =
      'Set restUrl to where the calls are answered: a redirect is not followed, since a token goes nowhere else.'
    return { error: new UpbitError('REST_REFUSED', redirected(attempt, status), { ...details, nextStep }) }
  }
  if (status === 404) {
    const nextStep =
      name === noOrder
        ? noOrderStep(path)
        : 'Check that the exchange of this region has what was asked for, and that restUrl is right.'
    return { error: new UpbitError('NOT_FOUND', text, { ...details, nextStep }) }
  }
  // Other 4xx, and what is no answer of this exchange at all (1xx).
  const nextStep = 'Correct the call by serverName and serverMessage.'
  return { error: new UpbitError('REST_REFUSED', text, { ...details, nextStep }) }
}

/** What reads finds an order that has ended, and what cancels does not. */
function noOrderStep(path: string): string {
  const check = 'Check the id, and that the keys are of the account of that order.'
  if (path.startsWith('GET ')) return check
  return `It may have ended already, of which rest.getOrder() tells. ${check}`
}

/** On an attempt without an answer. What may not simply be sent again is watched by who sends it (`AttemptWatch`). */
export function verdictOnFailure(cause: unknown, attempt: Attempt): RestVerdict {
  const { what, path, number, random, hide } = attempt
  // Says more than that there was no answer: it is too long to be read, whenever it is asked for.
  if (isUpbitError(cause)) return { error: cause }
  const text = `${what}: ${path} got no answer${hide(reasonOf(cause))}.`
  return {
    error: failed(text, { cause: attempt.isPrivate ? shownCause(cause, hide) : cause }),
    retryMs: backoffDelayMs(number, random, stumble),
  }
}

type Details = ConstructorParameters<typeof UpbitError>[2]

function failed(text: string, details: Details): UpbitError {
  const nextStep = "Call again later; if it goes on, see the exchange's notices, the network and restUrl."
  return new UpbitError('REST_FAILED', text, { ...details, nextStep })
}

function limited(text: string, retryMs: number, details: Details): UpbitError {
  const nextStep = `Call again in ${Math.ceil(retryMs / secondMs)} s, less often, or with a longer timeoutMs.`
  return new UpbitError('RATE_LIMITED', text, { ...details, nextStep })
}

/** By the exchange's name of the fault, what is to be done. */
const authSteps: Readonly<Record<string, string>> = {
  invalid_query_payload: 'The token must hash the query as it is given to the tokenProvider.',
  jwt_verification: 'Check that the secret key belongs to the access key.',
  expired_access_key: 'Make a new key: this one is past its date.',
  no_authorization_ip: "Add this machine's address to those that the key allows.",
  no_authorization_i_p: "Add this machine's address to those that the key allows.",
  out_of_scope: 'Give the key the right that this call needs.',
  [usedNonce]: usedNonceStep,
}

function authRefused(text: string, details: Details): UpbitError {
  const name = details?.serverName ?? ''
  const nextStep = Object.hasOwn(authSteps, name) ? authSteps[name] : undefined
  return new UpbitError('AUTH_REFUSED', text, {
    ...details,
    nextStep: nextStep ?? 'Check the keys, their rights, and the addresses that they allow.',
  })
}

function redirected({ what, path }: Attempt, status: number): string {
  return `${what}: ${path} was answered with HTTP ${status}, a redirect.`
}

/** Node's `fetch failed` has its reason one level below. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  return ` (${cause.cause instanceof Error && cause.cause.message !== '' ? cause.cause.message : cause.message})`
}
